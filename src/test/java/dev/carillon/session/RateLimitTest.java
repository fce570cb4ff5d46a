package dev.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final RateLimit limit = new RateLimit(10, now);

    @Test
    void aBurstMayBeTwiceTheRateAndThenTheRateCounts() {
        assertThat(taken(100)).isEqualTo(20);
        now = now.plusMillis(500);
        assertThat(taken(100)).isEqualTo(5);
        now = now.plusMillis(50);
        assertThat(taken(100)).isZero();
        now = now.plusMillis(50);
        assertThat(taken(100)).isEqualTo(1);
    }

    @Test
    void aLongPauseIsNotSavedUp() {
        now = now.plusSeconds(3600);
        assertThat(taken(100)).isEqualTo(20);
    }

    private int taken(int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limit.tryTake(now) ? 1 : 0;
        }
        return taken;
    }
}
