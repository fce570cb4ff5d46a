package dev.carillon.ready;

import dev.carillon.executor.Timers;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Publishes in regular intervals while there is somebody to hear it. Safe for use by many threads. */
public final class KeepAlive {

    private final Duration interval;
    private final Timers timers;
    private final Runnable publish;
    private final Set<Long> sessions = new HashSet<>(); // guarded by this
    private boolean waiting; // guarded by this

    /** @param publish the sign of life, to all who subscribe */
    public KeepAlive(Duration interval, Timers timers, Runnable publish) {
        this.interval = interval;
        this.timers = timers;
        this.publish = publish;
    }

    /** A session that subscribes twice counts once. One that never made it costs an event that nobody hears. */
    void came(long session) {
        synchronized (this) {
            sessions.add(session);
            if (waiting) {
                return;
            }
            waiting = true;
        }
        setOut();
    }

    synchronized void left(long session) {
        sessions.remove(session);
    }

    private void setOut() {
        timers.after(interval, this::ring);
        timers.wind();
    }

    private void ring() {
        synchronized (this) {
            if (sessions.isEmpty()) {
                waiting = false;
                return;
            }
        }
        try {
            publish.run();
        } finally {
            setOut();
        }
    }
}
