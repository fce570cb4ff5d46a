package dev.carillon.ops;

import java.time.Duration;

/** @param timeout how long peers have to take what waits for them and to answer GOODBYE */
public record DrainSettings(Duration timeout) {

    public static final DrainSettings DEFAULT = new DrainSettings(Duration.ofSeconds(10));

    public DrainSettings {
        if (timeout.isZero() || timeout.isNegative()) {
            throw new IllegalArgumentException("drain.timeout is " + timeout + "; it must be positive");
        }
    }
}
