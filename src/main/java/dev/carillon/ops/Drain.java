package dev.carillon.ops;

import static java.lang.System.Logger.Level.INFO;

import dev.carillon.notification.NotificationRelay;
import dev.carillon.protocol.CloseUri;
import dev.carillon.router.Router;
import dev.carillon.session.CloseReason;
import dev.carillon.transport.Connections;
import java.time.Duration;

/**
 * Sends all peers elsewhere while the application stays as it is, and lets them in again. What was committed before
 * reaches them before they are told to go; sessions of the application itself stay.
 */
public final class Drain {

    private static final System.Logger LOG = System.getLogger(Drain.class.getName());

    private final Router router;
    private final Connections connections;
    private final NotificationRelay notifications;
    private final DrainSettings settings;

    public Drain(Router router, Connections connections, NotificationRelay notifications, DrainSettings settings) {
        this.router = router;
        this.connections = connections;
        this.notifications = notifications;
        this.settings = settings;
    }

    /**
     * Lets nobody in from now on, delivers what was handed over, says GOODBYE {@code wamp.close.system_shutdown}, and
     * returns when all connections have ended: at the latest after the timeout, when it closes what is left. Does nothing
     * if it has been done.
     */
    public synchronized void begin() {
        if (!router.isAdmitting()) {
            return;
        }
        long started = System.nanoTime();
        LOG.log(INFO, "CAR-661 draining: nobody is let in, {0} connections are told to go", text(connections.size()));
        router.admit(false);
        notifications.finish(settings.timeout());
        connections.closeUnopened(CloseReason.GOING_AWAY);
        router.goodbye(Router.OF_PEERS, CloseUri.SYSTEM_SHUTDOWN, CloseReason.GOING_AWAY);
        Duration left = settings.timeout().minusNanos(System.nanoTime() - started);
        if (!connections.awaitEnd(left)) {
            LOG.log(INFO, "CAR-662 {0} connections did not go by themselves: closed", text(connections.size()));
            connections.closeAll(CloseReason.GOING_AWAY);
        }
        Duration taken = Duration.ofNanos(System.nanoTime() - started);
        LOG.log(INFO, "CAR-663 drained after {0} ms", text(taken.toMillis()));
    }

    /** Lets peers in again. */
    public synchronized void end() {
        if (!router.isAdmitting()) {
            router.admit(true);
            LOG.log(INFO, "CAR-664 peers are let in again");
        }
    }

    private static String text(long number) {
        return Long.toString(number);
    }
}
