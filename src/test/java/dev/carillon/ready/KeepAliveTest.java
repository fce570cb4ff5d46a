package dev.carillon.ready;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.carillon.support.HandMovedClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class KeepAliveTest {

    private static final Duration INTERVAL = Duration.ofSeconds(50);

    private final HandMovedClock clock = new HandMovedClock();
    private int published;
    private final KeepAlive keepAlive = new KeepAlive(INTERVAL, clock, () -> published++);

    @Test
    void thereAreSignsOfLifeWhileSomebodyHearsThem() {
        clock.move(INTERVAL.multipliedBy(2));
        assertThat(published).isZero();
        keepAlive.came(1);
        clock.move(INTERVAL.minusSeconds(10));
        keepAlive.came(1);
        keepAlive.came(2);
        clock.move(Duration.ofSeconds(10));
        assertThat(published).isEqualTo(1);
        keepAlive.left(1);
        clock.move(INTERVAL.multipliedBy(2));
        assertThat(published).isEqualTo(3);
        keepAlive.left(2);
        clock.move(INTERVAL.multipliedBy(3));
        assertThat(published).isEqualTo(3);
        assertThat(clock.waiting()).as("timers").isZero();
        keepAlive.came(3);
        clock.move(INTERVAL);
        assertThat(published).isEqualTo(4);
    }

    @Test
    void oneThatFailsIsNotTheLast() {
        KeepAlive failing = new KeepAlive(INTERVAL, clock, () -> {
            published++;
            throw new IllegalStateException("closed");
        });
        failing.came(1);
        for (int i = 1; i <= 2; i++) {
            try {
                clock.move(INTERVAL);
            } catch (IllegalStateException told) {
                // to the log, by the real clock
            }
            assertThat(published).isEqualTo(i);
        }
    }

    @Test
    void theIntervalIsASecondOrMore() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ReadySettings(Duration.ZERO))
                .withMessage("ready.ping is PT0S; it must be PT1S or more");
    }
}
