package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Sample;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Metrics metrics = new Metrics();
    private final Meters meters = new Meters(registry, metrics, "/shop");

    @Test
    void aMeterShowsWhatWasCountedAtTheLastRefresh() {
        metrics.realm("carillon").topics("orders/{id}").events.add(3);
        meters.refresh();
        metrics.realm("carillon").topics("orders/{id}").events.add(4);
        assertThat(events()).isEqualTo(3);
        meters.refresh();
        assertThat(events()).isEqualTo(7);
    }

    @Test
    void whatIsNewGetsAMeterAtTheNextRefresh() {
        meters.refresh();
        assertThat(registry.find("carillon.refused").meters()).isEmpty();
        metrics.refused("connections");
        meters.refresh();
        assertThat(registry.get("carillon.refused")
                        .tags("reason", "connections", "context", "/shop")
                        .functionCounter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void whatGoesUpAndDownIsAGauge() {
        metrics.measure(() -> List.of(Sample.gauge("carillon.connections", Map.of(), 5)));
        meters.refresh();
        assertThat(registry.get("carillon.connections").gauge().value()).isEqualTo(5);
    }

    @Test
    void afterTheEndTheRegistryHasOnlyWhatOthersPutIntoIt() {
        registry.counter("carillon.of.another", "context", "/other");
        metrics.refused("connections");
        meters.refresh();
        meters.remove();
        assertThat(registry.getMeters()).hasSize(1);
    }

    private double events() {
        return registry.get("carillon.events")
                .tags("realm", "carillon", "topic", "orders/{id}")
                .functionCounter()
                .count();
    }
}
