package dev.carillon.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Counters of one realm since the router's start. Safe for use by many threads. */
public final class RealmMetrics {

    /** Instead of a pattern, for topics that nobody declared and no history keeps. */
    public static final String UNDECLARED = "undeclared";

    public final LongAdder sessionsJoined = new LongAdder();
    public final LongAdder sessionsLeft = new LongAdder();
    /** Calls that were passed on to a callee. */
    public final LongAdder calls = new LongAdder();
    /** Events put into an outbox because somebody had just subscribed: retained or missed, or who is present. */
    public final LongAdder eventsOnSubscribe = new LongAdder();

    private final String name;
    private final Map<String, OfTopics> topics = new ConcurrentHashMap<>();

    RealmMetrics(String name) {
        this.name = name;
    }

    /** Counters of all topics of one pattern. */
    public static final class OfTopics {
        /** Publications that the broker accepted. */
        public final LongAdder publications = new LongAdder();
        /** Events for an outbox each. */
        public final LongAdder events = new LongAdder();
        /** Of these, those that receivers did without because they read too slowly. */
        public final LongAdder dropped = new LongAdder();
    }

    /**
     * To be looked up for each publication, not for each event.
     *
     * @param pattern as it was declared, never a topic that a peer has named: there are only so many
     */
    public OfTopics topics(String pattern) {
        OfTopics known = topics.get(pattern);
        return known != null ? known : topics.computeIfAbsent(pattern, p -> new OfTopics());
    }

    long publications() {
        return topics.values().stream().mapToLong(of -> of.publications.sum()).sum();
    }

    long events() {
        return eventsOnSubscribe.sum()
                + topics.values().stream().mapToLong(of -> of.events.sum()).sum();
    }

    List<Sample> samples() {
        Map<String, String> realm = Map.of("realm", name);
        List<Sample> samples = new ArrayList<>();
        samples.add(Sample.counter("carillon.sessions.joined", realm, sessionsJoined.sum()));
        samples.add(Sample.counter("carillon.sessions.left", realm, sessionsLeft.sum()));
        samples.add(Sample.counter("carillon.calls", realm, calls.sum()));
        samples.add(Sample.counter("carillon.events.on.subscribe", realm, eventsOnSubscribe.sum()));
        new TreeMap<>(topics).forEach((pattern, of) -> {
            Map<String, String> labels = Map.of("realm", name, "topic", pattern);
            samples.add(Sample.counter("carillon.publications", labels, of.publications.sum()));
            samples.add(Sample.counter("carillon.events", labels, of.events.sum()));
            samples.add(Sample.counter("carillon.events.dropped", labels, of.dropped.sum()));
        });
        return samples;
    }
}
