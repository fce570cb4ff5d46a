package dev.carillon.metrics;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * One figure, as it was when somebody asked.
 *
 * @param name in words with dots between, such as {@code carillon.publications}; the guide's page "Operations" lists all
 * @param labels what it is of, such as {@code realm}; sorted by name. Samples of one name have labels of the same names
 * @param value durations are in seconds, sizes in bytes
 */
public record Sample(String name, Kind kind, Map<String, String> labels, double value) {

    public enum Kind {
        /** Only grows, from 0 at the router's start. */
        COUNTER,
        /** Goes up and down. */
        GAUGE
    }

    public Sample {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    public static Sample counter(String name, Map<String, String> labels, double value) {
        return new Sample(name, Kind.COUNTER, labels, value);
    }

    public static Sample gauge(String name, Map<String, String> labels, double value) {
        return new Sample(name, Kind.GAUGE, labels, value);
    }
}
