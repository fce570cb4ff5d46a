package dev.carillon.executor;

import java.time.Duration;

/** Does things later. */
@FunctionalInterface
public interface Timers {

    /**
     * Runs the task once, when the time has passed, on a thread that may wait for a lock.
     *
     * @return call it to forget the task, if it has not begun
     */
    Runnable after(Duration delay, Runnable task);

    /** Called behind {@link #after}, when the caller has given back its locks: this may ask a slow scheduler. */
    default void wind() {}
}
