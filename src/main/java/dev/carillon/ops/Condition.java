package dev.carillon.ops;

import dev.carillon.router.Router;
import dev.carillon.transport.Connections;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** How the router is, in words that health checks understand. */
public final class Condition {

    /** The router looks after its connections every second. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final Router router;
    private final Connections connections;
    private final InstantSource clock;
    private volatile @Nullable Instant lookedAfter; // null before the start and behind the end

    public Condition(Router router, Connections connections, InstantSource clock) {
        this.router = router;
        this.connections = connections;
        this.clock = clock;
    }

    /** The router has started, or has looked after its connections. */
    public void lookedAfter() {
        lookedAfter = clock.instant();
    }

    public void stopped() {
        lookedAfter = null;
    }

    /**
     * Whether peers should be sent here. A database of histories that is down is no reason to send them away: events flow
     * without it, the histories rest, and no other node would have a better one.
     */
    public boolean isReady() {
        return lookedAfter != null && router.isAdmitting();
    }

    /** Whether the router does its work; if not, only a restart will help. */
    public boolean isAlive() {
        Instant last = lookedAfter;
        return last == null || last.plus(LONGEST_SILENCE).isAfter(clock.instant());
    }

    /** WebSocket connections that are open. */
    public long connections() {
        return connections.size();
    }

    /** In a word, for people. */
    public String state() {
        if (lookedAfter == null) {
            return "not started";
        }
        return router.isAdmitting() ? "admitting" : "draining";
    }
}
