package dev.carillon.session;

import java.time.Duration;
import java.util.function.Supplier;

/** Takes turns later. */
@FunctionalInterface
public interface Alarms {

    /**
     * Takes a turn of its own when the time has passed. It may be called within a turn.
     *
     * @return call it to forget the alarm; a turn that has begun, or waits for its lock, takes place nevertheless
     */
    Runnable after(Duration delay, Supplier<Deliveries> turn);
}
