package dev.carillon.remote;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: a random part of a time that doubles, so that a thousand clients that lost
 * their server in the same moment do not come back in the same moment.
 */
final class BackOff {

    /** Enough to let a server that refuses at once breathe. */
    private static final Duration SHORTEST = Duration.ofMillis(50);

    private static final int MOST_DOUBLINGS = 30;

    private final Duration first;
    private final Duration max;
    private final RandomGenerator random;
    private int failures;

    BackOff(Duration first, Duration max, RandomGenerator random) {
        this.first = first;
        this.max = max;
        this.random = random;
    }

    Duration next() {
        long nanos = first.toNanos();
        for (int i = 0; i < Math.min(failures, MOST_DOUBLINGS) && nanos < max.toNanos(); i++) {
            nanos *= 2;
        }
        failures++;
        long most = Math.min(nanos, max.toNanos());
        return SHORTEST.plusNanos((long) (random.nextDouble() * most));
    }

    void succeeded() {
        failures = 0;
    }
}
