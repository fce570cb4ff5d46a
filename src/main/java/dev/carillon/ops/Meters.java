package dev.carillon.ops;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Sample;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.spi.CDI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Shows a router's figures in Micrometer. To be loaded only where Micrometer is. Nothing is counted twice: a meter looks
 * up what the router has counted, in a list that is taken again with each {@link #refresh}.
 */
public final class Meters {

    private static final String PREFIX = "carillon.";

    private static final String CONTEXT = "context";

    private final MeterRegistry registry;
    private final Metrics metrics;
    private final String context;
    private final Set<Key> known = new HashSet<>(); // guarded by this
    private volatile Map<Key, Double> values = Map.of();

    private record Key(String name, Map<String, String> labels) {}

    /** @param context the application's context path, a tag of each meter */
    Meters(MeterRegistry registry, Metrics metrics, String context) {
        this.registry = registry;
        this.metrics = metrics;
        this.context = context;
    }

    /**
     * Those in the registry that the server offers as a bean; empty if it offers none.
     *
     * @param context the application's context path
     * @throws LinkageError if Micrometer is not even there
     */
    public static Optional<Meters> ofServer(Metrics metrics, String context) {
        Instance<MeterRegistry> offered = CDI.current().select(MeterRegistry.class);
        return offered.isResolvable() ? Optional.of(new Meters(offered.get(), metrics, context)) : Optional.empty();
    }

    /** To be called every few seconds: takes the figures of now, and adds meters of those that are new. */
    public synchronized void refresh() {
        Map<Key, Double> now = new HashMap<>();
        List<Sample> samples = metrics.samples();
        samples.forEach(sample -> now.put(key(sample), sample.value()));
        values = now;
        for (Sample sample : samples) {
            if (known.add(key(sample))) {
                add(sample, key(sample));
            }
        }
    }

    /** Takes the meters out of the registry, which is the server's and may live longer. */
    public synchronized void remove() {
        known.clear();
        registry.getMeters().stream()
                .filter(meter -> meter.getId().getName().startsWith(PREFIX)
                        && context.equals(meter.getId().getTag(CONTEXT)))
                .forEach(registry::remove);
    }

    /**
     * By these methods and no builder: WildFly hands every application a registry of its own, which passes on what comes
     * by them only.
     */
    private void add(Sample sample, Key key) {
        List<Tag> tags = new ArrayList<>();
        tags.add(Tag.of(CONTEXT, context));
        sample.labels().forEach((label, value) -> tags.add(Tag.of(label, value)));
        if (sample.kind() == Sample.Kind.COUNTER) {
            registry.more().counter(sample.name(), tags, this, meters -> meters.value(key));
        } else {
            registry.gauge(sample.name(), tags, this, meters -> meters.value(key));
        }
    }

    private double value(Key key) {
        return values.getOrDefault(key, 0.0);
    }

    private static Key key(Sample sample) {
        return new Key(sample.name(), sample.labels());
    }
}
