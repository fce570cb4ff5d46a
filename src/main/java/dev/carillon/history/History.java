package dev.carillon.history;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The last events of some topics, bounded in number, age and bytes. Each has a sequence number; a position is
 * {@code EPOCH:SEQUENCE}, as in {@code k3f9x2ab:1042}, and the epoch is another whenever events may have been lost.
 *
 * <p>What is appended and read together, as SUBSCRIBE does, is so in the realm's turn. The lock in here is for the
 * {@link HistoryWriter}, who looks on from another thread; it is held for memory operations only.
 */
public final class History {

    private static final int MAX_DIGITS = 18; // what fits into a long, whatever the digits

    private static final int SLOTS = 4096; // a power of two, so that a mask finds the slot

    private final HistorySettings settings;
    private final InstantSource clock;
    private final String epoch;
    private final EventRing events = new EventRing(); // guarded by this, as are the fields below
    /** By the hash of its topic, the last event that is not held any more. Who shares a slot hears of a gap too many. */
    private final long[] lastDropped = new long[SLOTS];

    private long head;
    private long bytes;

    /** An empty one, whose epoch is its own. */
    public History(HistorySettings settings, InstantSource clock, String epoch) {
        this(settings, clock, epoch, 0, List.of());
    }

    /**
     * One that goes on.
     *
     * @param head the last sequence number that was given to an event
     * @param events oldest first; those before a hole are left out
     */
    History(HistorySettings settings, InstantSource clock, String epoch, long head, List<StoredEvent> events) {
        this.settings = settings;
        this.clock = clock;
        this.epoch = epoch;
        this.head = head;
        withoutHoles(head, events).forEach(this::add);
        Arrays.fill(lastDropped, dropped()); // nobody knows which topics those had
        dropWhatIsTooMuch();
    }

    public HistorySettings settings() {
        return settings;
    }

    public String epoch() {
        return epoch;
    }

    /** The position of the newest event, or where the first will follow. */
    public synchronized String position() {
        return positionOf(head);
    }

    public String position(StoredEvent event) {
        return positionOf(event.sequence());
    }

    /**
     * Keeps a publication as the newest event, or that there was one if it is {@linkplain StoredEvent#isWithheld withheld},
     * and lets go what is then too much.
     */
    public synchronized StoredEvent append(
            Uri topic, PublicationId publication, Dict details, Payload payload, Receivers receivers) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS); // what a store and a client can be told
        StoredEvent event = receivers.lasts()
                ? new StoredEvent(head + 1, topic, publication, now, details, payload, receivers)
                : new StoredEvent(head + 1, topic, publication, now, Dict.EMPTY, Payload.NONE, receivers);
        head++;
        add(event);
        dropWhatIsTooMuch();
        return event;
    }

    /**
     * All events after a position, oldest first; none if it is the present one. Empty if there is a gap: something of these
     * topics after the position is not held any more, or it is not a position of this epoch.
     *
     * @param topics of one topic it is known what was dropped; of a pattern it is not, and whatever was dropped may have
     *     matched. The events of other topics are there too
     */
    public synchronized Optional<List<StoredEvent>> after(String position, UriPattern topics) {
        dropWhatIsTooMuch();
        long sequence = sequenceIn(position);
        long lost = topics.policy() == MatchPolicy.EXACT ? lastDropped[slot(topics.uri())] : dropped();
        if (sequence < lost || sequence > head) {
            return Optional.empty();
        }
        return Optional.of(events.from((int) (Math.max(sequence, dropped()) - dropped()), events.size()));
    }

    /** What is held now, but for what is dropped during the walk; nobody pays for more than is walked. */
    public Stream<StoredEvent> oldestFirst() {
        long first;
        long last;
        synchronized (this) {
            dropWhatIsTooMuch();
            first = dropped() + 1;
            last = head;
        }
        return LongStream.rangeClosed(first, last).mapToObj(this::at).flatMap(Optional::stream);
    }

    /**
     * Lets go of everything that is held. Positions go on: who has seen the last event of a topic misses nothing, and for
     * everybody else there is a gap.
     *
     * @return how many events
     */
    public synchronized int clear() {
        dropWhatIsTooMuch();
        int cleared = events.size();
        while (events.size() > 0) {
            dropOldest();
        }
        return cleared;
    }

    /** @param oldest when the oldest event was published that is held, as with {@code newest}; null if none is */
    public record Extent(
            int events, @Nullable Instant oldest, @Nullable Instant newest) {}

    /** How much is held now. */
    public synchronized Extent extent() {
        dropWhatIsTooMuch();
        int size = events.size();
        return size == 0
                ? new Extent(0, null, null)
                : new Extent(size, events.get(0).time(), events.get(size - 1).time());
    }

    /** What a store that has written up to {@code sequence} does not know yet. */
    synchronized Changes since(long sequence, int limit) {
        dropWhatIsTooMuch();
        List<StoredEvent> added = events.from((int) (Math.max(sequence, dropped()) - dropped()), limit);
        return new Changes(
                dropped(), added.isEmpty() ? head : added.get(added.size() - 1).sequence(), added);
    }

    /** Empty if it has been dropped since the walk began. */
    private synchronized Optional<StoredEvent> at(long sequence) {
        return sequence <= dropped() ? Optional.empty() : Optional.of(events.get((int) (sequence - dropped() - 1)));
    }

    /** Up to here, nothing of any topic is held, and from here on everything. */
    private long dropped() {
        return head - events.size();
    }

    private void add(StoredEvent event) {
        events.addLast(event);
        bytes += event.size();
    }

    private void dropWhatIsTooMuch() {
        Instant tooOld = clock.instant().minus(settings.maxAge());
        while (events.size() > 0
                && (events.size() > settings.maxEvents()
                        || bytes > settings.maxBytes()
                        || events.get(0).time().isBefore(tooOld))) {
            dropOldest();
        }
    }

    private void dropOldest() {
        StoredEvent oldest = events.removeFirst();
        lastDropped[slot(oldest.topic())] = oldest.sequence();
        bytes -= oldest.size();
    }

    private static int slot(Uri topic) {
        int hash = topic.value().hashCode();
        return (hash ^ hash >>> Short.SIZE) & (SLOTS - 1);
    }

    private String positionOf(long sequence) {
        return epoch + ":" + sequence;
    }

    /** -1 if this is not a position of this epoch, written as we write it. */
    private long sequenceIn(String position) {
        String digits = position.startsWith(epoch + ":") ? position.substring(epoch.length() + 1) : "";
        boolean canonical = digits.matches("0|[1-9][0-9]{0," + (MAX_DIGITS - 1) + "}");
        return canonical ? Long.parseLong(digits) : -1;
    }

    private static List<StoredEvent> withoutHoles(long head, List<StoredEvent> events) {
        int first = events.size();
        while (first > 0 && events.get(first - 1).sequence() == head - (events.size() - first)) {
            first--;
        }
        return events.subList(first, events.size());
    }
}
