package dev.carillon.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How long something took: how often, how long in all, and how many times within each of a few bounds. */
public final class Durations {

    /** In seconds; what took longer than the last is counted by the total only. */
    private static final double[] BOUNDS = {0.001, 0.005, 0.025, 0.1, 0.5, 2.5};

    private static final double NANOS = 1e9;

    private final LongAdder count = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder[] upTo = new LongAdder[BOUNDS.length]; // each without those of the bounds before

    Durations() {
        for (int i = 0; i < upTo.length; i++) {
            upTo[i] = new LongAdder();
        }
    }

    public void add(long tookNanos) {
        count.increment();
        nanos.add(tookNanos);
        for (int i = 0; i < BOUNDS.length; i++) {
            if (tookNanos <= BOUNDS[i] * NANOS) {
                upTo[i].increment();
                return;
            }
        }
    }

    /** As counters of the names {@code NAME.count}, {@code NAME.seconds} and, cumulative, {@code NAME.bucket}. */
    List<Sample> samples(String name, Map<String, String> labels) {
        List<Sample> samples = new ArrayList<>();
        long total = count.sum();
        samples.add(Sample.counter(name + ".count", labels, total));
        samples.add(Sample.counter(name + ".seconds", labels, nanos.sum() / NANOS));
        long within = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            within += upTo[i].sum();
            samples.add(Sample.counter(name + ".bucket", and(labels, Double.toString(BOUNDS[i])), within));
        }
        samples.add(Sample.counter(name + ".bucket", and(labels, "+Inf"), Math.max(total, within)));
        return samples;
    }

    private static Map<String, String> and(Map<String, String> labels, String bound) {
        Map<String, String> more = new HashMap<>(labels);
        more.put("le", bound);
        return more;
    }
}
