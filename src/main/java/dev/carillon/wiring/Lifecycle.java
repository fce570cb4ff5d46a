package dev.carillon.wiring;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.carillon.executor.AlarmClock;
import dev.carillon.local.LocalSessions;
import dev.carillon.notification.NotificationRelay;
import dev.carillon.ops.Condition;
import dev.carillon.procedure.Procedures;
import dev.carillon.router.Router;
import dev.carillon.session.CloseReason;
import dev.carillon.transport.Connections;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Starts the router with the application, and takes leave of all peers when it stops. */
@ApplicationScoped
class Lifecycle {

    private static final System.Logger LOG = System.getLogger(Lifecycle.class.getName());

    /** How long peers have to answer GOODBYE. */
    private static final Duration FAREWELL = Duration.ofSeconds(2);

    private static final Duration LAST_NOTIFICATIONS = Duration.ofSeconds(1);

    private final Router router;
    private final Connections connections;
    private final LocalSessions localSessions;
    private final Procedures procedures;
    private final NotificationRelay notifications;
    private final RealmHistories histories;
    private final AlarmClock alarms;
    private final Condition condition;

    @Resource
    private ManagedScheduledExecutorService scheduler;

    private @Nullable Future<?> ticks;

    @Inject
    Lifecycle(
            Router router,
            Connections connections,
            LocalSessions localSessions,
            Procedures procedures,
            NotificationRelay notifications,
            RealmHistories histories,
            AlarmClock alarms,
            Condition condition) {
        this.router = router;
        this.connections = connections;
        this.localSessions = localSessions;
        this.procedures = procedures;
        this.notifications = notifications;
        this.histories = histories;
        this.alarms = alarms;
        this.condition = condition;
    }

    Lifecycle() {
        this(null, null, null, null, null, null, null, null); // for the client proxy only
    }

    void start(String contextPath) {
        router.realms().forEach(realm -> procedures.register(localSessions.open(realm)));
        ticks = scheduler.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
        LOG.log(INFO, "CAR-111 Carillon listens at {0}/wamp", contextPath);
    }

    /** Never throws: a task that does is not scheduled again. */
    private void tick() {
        try {
            connections.tick();
            histories.tick();
            condition.lookedAfter();
        } catch (RuntimeException failure) {
            LOG.log(ERROR, "CAR-904 looking after the connections failed; it goes on in a second", failure);
        }
    }

    void stop() {
        if (ticks != null) {
            ticks.cancel(false);
        }
        // First, so that what the application says last still reaches its peers.
        boolean saidAll = notifications.finish(LAST_NOTIFICATIONS);
        localSessions.close();
        router.close();
        alarms.close(); // nothing of the application stays in the queue of the server
        connections.awaitEnd(FAREWELL);
        connections.closeAll(CloseReason.GOING_AWAY);
        // Last: what is published now is refused, and counted.
        histories.finish(() -> saidAll && router.metrics().publicationsTooLate.sum() == 0);
    }
}
