package dev.carillon.session;

import java.time.Duration;
import java.time.Instant;

/**
 * So many a second on average, and twice as many at once after a pause. Used by one thread at a time.
 */
public final class RateLimit {

    private static final double NANOS_PER_SECOND = 1e9;

    private final int perSecond;
    private double tokens;
    private Instant filledAt;

    /** @param perSecond 1 or more */
    public RateLimit(int perSecond, Instant now) {
        this.perSecond = perSecond;
        this.tokens = 2.0 * perSecond;
        this.filledAt = now;
    }

    /** Whether one more is allowed now. */
    public boolean tryTake(Instant now) {
        if (!hasOne(now)) {
            return false;
        }
        tokens--;
        return true;
    }

    /** Whether one more would be allowed now. */
    public boolean hasOne(Instant now) {
        double seconds = Duration.between(filledAt, now).toNanos() / NANOS_PER_SECOND;
        tokens = Math.min(2.0 * perSecond, tokens + seconds * perSecond);
        filledAt = now;
        return tokens >= 1;
    }
}
