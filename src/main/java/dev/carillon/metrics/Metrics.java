package dev.carillon.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/** What one router has counted since its start, and what it can measure now. Safe for use by many threads. */
public final class Metrics {

    /** Publications that were made when the router was closed: nobody got them, and no history has them. */
    public final LongAdder publicationsTooLate = new LongAdder();

    private final Map<String, RealmMetrics> realms = new ConcurrentHashMap<>();
    private final Map<String, Durations> handlers = new ConcurrentHashMap<>();
    private final Reasons refused = new Reasons();
    private final Reasons ended = new Reasons();
    private final Reasons dropped = new Reasons();
    private final List<Supplier<List<Sample>>> measurements = new CopyOnWriteArrayList<>();

    /** Those of a realm, which keeps them. @param name one of the router's realms, never what a peer has named */
    public RealmMetrics realm(String name) {
        return realms.computeIfAbsent(name, RealmMetrics::new);
    }

    /** How long the handler of a pattern of topics takes to answer. @param pattern as it was declared */
    public Durations handler(String pattern) {
        return handlers.computeIfAbsent(pattern, p -> new Durations());
    }

    /**
     * A peer did not get what it asked for, from the handshake on: a session, a subscription, a call.
     *
     * @param reason one of few: {@link Reasons#of}, or a constant of the code such as {@code connections}
     */
    public void refused(String reason) {
        refused.add(reason);
    }

    /** A session has ended that was established. @param reason one of few, as above */
    public void ended(String reason) {
        ended.add(reason);
    }

    /** A notification could not become a publication. @param reason one of few, as above */
    public void notificationDropped(String reason) {
        dropped.add(reason);
    }

    /** Takes in what is not counted but looked at, whenever somebody asks; {@code now} must be quick and not block. */
    public void measure(Supplier<List<Sample>> now) {
        measurements.add(now);
    }

    /** Everything, by name. Taken one after the other, so that figures need not agree to the last event. */
    public List<Sample> samples() {
        List<Sample> samples = new ArrayList<>();
        new TreeMap<>(realms).values().forEach(realm -> samples.addAll(realm.samples()));
        new TreeMap<>(handlers)
                .forEach((pattern, took) -> samples.addAll(took.samples("carillon.handler", Map.of("topic", pattern))));
        samples.addAll(refused.samples("carillon.refused"));
        samples.addAll(ended.samples("carillon.sessions.ended"));
        samples.addAll(dropped.samples("carillon.notifications.dropped"));
        samples.add(Sample.counter("carillon.publications.too.late", Map.of(), publicationsTooLate.sum()));
        measurements.forEach(now -> samples.addAll(now.get()));
        return samples;
    }

    /** The totals of what is counted. */
    public Snapshot snapshot() {
        List<RealmMetrics> all = List.copyOf(realms.values());
        return new Snapshot(
                all.stream().mapToLong(realm -> realm.sessionsJoined.sum()).sum(),
                all.stream().mapToLong(realm -> realm.sessionsLeft.sum()).sum(),
                ended.sum("too_slow"),
                refused.sum("protocol_violation"),
                all.stream().mapToLong(RealmMetrics::publications).sum(),
                refused.sum("rate_limited"),
                all.stream().mapToLong(RealmMetrics::events).sum(),
                all.stream().mapToLong(realm -> realm.calls.sum()).sum(),
                dropped.sum(),
                publicationsTooLate.sum());
    }

    /**
     * @param sessionsTooSlow those that ended because their outbox was full
     * @param violations messages that broke the protocol, and so ended their session
     * @param publicationsOverRate PUBLISH of sessions that sent too many of them
     */
    public record Snapshot(
            long sessionsJoined,
            long sessionsLeft,
            long sessionsTooSlow,
            long violations,
            long publications,
            long publicationsOverRate,
            long events,
            long calls,
            long notificationsDropped,
            long publicationsTooLate) {}
}
