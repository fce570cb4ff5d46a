package dev.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DurationsTest {

    private static final long MILLISECOND = 1_000_000;

    private final Durations durations = new Durations();

    @Test
    void eachBoundCountsWhatTookNoLonger() {
        durations.add(MILLISECOND);
        durations.add(20 * MILLISECOND);
        durations.add(10_000 * MILLISECOND);

        assertThat(durations.samples("handler", Map.of("topic", "a")))
                .contains(
                        Sample.counter("handler.count", Map.of("topic", "a"), 3),
                        Sample.counter("handler.seconds", Map.of("topic", "a"), 10.021),
                        within("0.001", 1),
                        within("0.005", 1),
                        within("0.025", 2),
                        within("2.5", 2),
                        within("+Inf", 3));
    }

    private static Sample within(String bound, double value) {
        return Sample.counter("handler.bucket", Map.of("topic", "a", "le", bound), value);
    }
}
