package dev.carillon.transport;

import static java.lang.System.Logger.Level.INFO;

import dev.carillon.metrics.Sample;
import dev.carillon.session.CloseReason;
import dev.carillon.session.SessionState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * All open connections, and what time does to them: pings, and the end of those that do not open or close their session,
 * do not read, or give no sign of life. Nothing here needs a timer for each connection.
 */
public final class Connections {

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private static final CloseReason NO_HELLO = new CloseReason(1002, "no session was opened in time", "no_hello");
    private static final CloseReason NO_GOODBYE = new CloseReason(1000, "no GOODBYE in time", "no_goodbye");

    private static final long LOOK_EVERY_MILLIS = 20;

    private final TransportSettings settings;
    private final InstantSource clock;
    private final Set<Connection> open = ConcurrentHashMap.newKeySet();

    private final OpenConnections count;

    public Connections(TransportSettings settings, ConnectionLimits limits, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
        this.count = new OpenConnections(limits);
    }

    /** How many there are, from the opening of a socket to its last end. */
    OpenConnections count() {
        return count;
    }

    TransportSettings settings() {
        return settings;
    }

    InstantSource clock() {
        return clock;
    }

    void add(Connection connection) {
        open.add(connection);
    }

    void remove(Connection connection) {
        open.remove(connection);
    }

    /** Of all realms, as sessions that are not open yet belong to none. */
    public List<Sample> samples() {
        return List.of(Sample.gauge("carillon.connections", Map.of(), open.size()));
    }

    /** To be called every second or so. */
    public void tick() {
        Instant now = clock.instant();
        open.forEach(connection -> look(connection, now));
    }

    public int size() {
        return open.size();
    }

    /** Waits for the last connection to end. @return false if some have not after this time */
    public boolean awaitEnd(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        try {
            while (!open.isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is in a hurry
        }
        return open.isEmpty();
    }

    /** Closes those that have not opened a session yet. */
    public void closeUnopened(CloseReason reason) {
        for (Connection connection : open) {
            SessionState state = connection.session().state();
            if (state instanceof SessionState.Establishing || state instanceof SessionState.Challenging) {
                connection.session().cut(reason);
            }
        }
    }

    /** Closes whatever is still open. */
    public void closeAll(CloseReason reason) {
        open.forEach(connection -> connection.session().cut(reason));
    }

    private void look(Connection connection, Instant now) {
        SessionState state = connection.session().state();
        Instant sendingSince = connection.transport().sendingSince();
        if (!(state instanceof SessionState.Established)
                && isOver(connection.inStateSince(state, now), settings.helloTimeout(), now)) {
            end(connection, reasonFor(state));
        } else if (sendingSince != null && isOver(sendingSince, settings.sendTimeout(), now)) {
            end(connection, CloseReason.TOO_SLOW);
        } else if (isOver(connection.heardAt(), settings.pingTimeout(), now)) {
            end(connection, CloseReason.SILENT);
        } else if (isOver(connection.pingedAt(), settings.pingInterval(), now)) {
            connection.ping(now);
        }
    }

    private static CloseReason reasonFor(SessionState state) {
        if (state instanceof SessionState.ShuttingDown) {
            return NO_GOODBYE;
        }
        return state instanceof SessionState.Closed ? CloseReason.TOO_SLOW : NO_HELLO;
    }

    /** Once: what the container makes of it, and when, is not looked at any more. */
    private void end(Connection connection, CloseReason reason) {
        open.remove(connection);
        LOG.log(INFO, "CAR-202 a connection ended: {0}", reason.text());
        connection.session().cut(reason);
    }

    private static boolean isOver(Instant since, Duration limit, Instant now) {
        return since.plus(limit).isBefore(now);
    }
}
