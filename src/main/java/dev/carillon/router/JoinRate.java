package dev.carillon.router;

import dev.carillon.session.RateLimit;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * How many sessions may be opened a second, in all realms together. Opening one costs a login and about as much as
 * hundreds of events; after an outage all pages come back. Safe for use by many threads.
 */
public final class JoinRate {

    /** Any number. */
    public static final JoinRate UNLIMITED = new JoinRate(0, InstantSource.fixed(Instant.EPOCH));

    private final InstantSource clock;
    private final @Nullable RateLimit rate; // guarded by this; null without a limit

    /** @param perSecond on average, and twice as many at once after a pause; 0 for any number */
    public JoinRate(int perSecond, InstantSource clock) {
        this.clock = clock;
        this.rate = perSecond == 0 ? null : new RateLimit(perSecond, clock.instant());
    }

    /** Whether one more may join now, who does. */
    synchronized boolean tryTake() {
        return rate == null || rate.tryTake(clock.instant());
    }

    /** Whether nobody may join in this moment, so that a handshake would be in vain. */
    public synchronized boolean isExhausted() {
        return rate != null && !rate.hasOne(clock.instant());
    }
}
