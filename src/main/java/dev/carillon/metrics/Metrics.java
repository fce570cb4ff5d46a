package dev.carillon.metrics;

import java.util.concurrent.atomic.LongAdder;

/** Counters of one router since its start. Safe for use by many threads. */
public final class Metrics {

    public final LongAdder sessionsJoined = new LongAdder();
    public final LongAdder sessionsLeft = new LongAdder();
    /** Sessions that ended because their outbox was full. */
    public final LongAdder sessionsTooSlow = new LongAdder();
    /** Messages that broke the protocol, and so ended their session. */
    public final LongAdder violations = new LongAdder();
    /** Publications that a broker accepted. */
    public final LongAdder publications = new LongAdder();
    /** PUBLISH of sessions that sent too many of them. */
    public final LongAdder publicationsOverRate = new LongAdder();
    /** Events put into an outbox. */
    public final LongAdder events = new LongAdder();
    /** Calls that were passed on to a callee. */
    public final LongAdder calls = new LongAdder();
    /** Notifications that could not become a publication: unmappable payload, illegal or undeclared topic. */
    public final LongAdder notificationsDropped = new LongAdder();
    /** Publications that were made when the router was closed: nobody got them, and no history has them. */
    public final LongAdder publicationsTooLate = new LongAdder();

    public Snapshot snapshot() {
        return new Snapshot(
                sessionsJoined.sum(),
                sessionsLeft.sum(),
                sessionsTooSlow.sum(),
                violations.sum(),
                publications.sum(),
                publicationsOverRate.sum(),
                events.sum(),
                calls.sum(),
                notificationsDropped.sum(),
                publicationsTooLate.sum());
    }

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
