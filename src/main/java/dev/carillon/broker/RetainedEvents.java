package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The last event of each topic that was to be retained. One that was for some only does not hide an older one from the
 * others; one for the same receivers takes its place. Guarded by the realm's turn. Advanced Profile, "Event Retention".
 */
final class RetainedEvents {

    /** Beyond these, the topic that has not been published to for longest is forgotten. */
    static final int MOST_TOPICS = 10_000;

    /** Beyond these, too; the topic that was published to last is kept. */
    static final long MOST_BYTES = 64L * 1024 * 1024;

    /** Of one topic, for different receivers; what is for everybody is the last to go. */
    static final int MOST_OF_A_TOPIC = 100;

    private final int mostTopics;
    private final long mostBytes;
    private final Map<Uri, Deque<Retained>> byTopic = new LinkedHashMap<>(); // each newest first
    private long bytes;

    RetainedEvents() {
        this(MOST_TOPICS, MOST_BYTES);
    }

    RetainedEvents(int mostTopics, long mostBytes) {
        this.mostTopics = mostTopics;
        this.mostBytes = mostBytes;
    }

    /** @param publication its receivers do not leave out the publisher, who may come back and ask */
    record Retained(PublicationId id, Publication publication) {
        boolean isForAll() {
            return publication.receivers().isEverybody();
        }

        int size() {
            return publication.size();
        }
    }

    void put(PublicationId id, Publication publication) {
        Receivers receivers = publication.receivers().ofAnyPublisher();
        if (receivers.within().contains(Audience.NOBODY)) {
            return;
        }
        Deque<Retained> events = byTopic.remove(publication.topic()); // and behind the others again
        events = events != null ? events : new ArrayDeque<>(1);
        remove(
                events,
                old -> receivers.isEverybody() || old.publication().receivers().equals(receivers));
        if (events.size() == MOST_OF_A_TOPIC) {
            removeOldest(events);
        }
        Retained added = new Retained(id, publication.with(receivers));
        events.addFirst(added);
        bytes += added.size();
        byTopic.put(publication.topic(), events);
        while (byTopic.size() > mostTopics || byTopic.size() > 1 && bytes > mostBytes) {
            forgetEldest();
        }
    }

    /** For each topic that matches, the newest one that may be seen. */
    List<Retained> of(UriPattern pattern, Predicate<Publication> visible) {
        List<Retained> found = new ArrayList<>(1);
        if (pattern.policy() == MatchPolicy.EXACT) {
            newest(byTopic.get(pattern.uri()), visible).ifPresent(found::add);
        } else {
            byTopic.forEach((topic, events) -> {
                if (pattern.matches(topic)) {
                    newest(events, visible).ifPresent(found::add);
                }
            });
        }
        return found;
    }

    /** @return of how many topics */
    int clear(UriPattern pattern) {
        int before = byTopic.size();
        byTopic.entrySet().removeIf(topic -> {
            boolean matches = pattern.matches(topic.getKey());
            bytes -= matches ? size(topic.getValue()) : 0;
            return matches;
        });
        return before - byTopic.size();
    }

    /** The topic that was published to last comes first. */
    List<RetainedTopic> list(UriPattern pattern, int limit) {
        List<RetainedTopic> found = new ArrayList<>();
        byTopic.forEach((topic, events) -> {
            if (pattern.matches(topic)) {
                found.add(new RetainedTopic(topic, events.size(), size(events)));
            }
        });
        Collections.reverse(found);
        return List.copyOf(found.subList(0, Math.min(limit, found.size())));
    }

    int topics() {
        return byTopic.size();
    }

    /** Of all publications. */
    long bytes() {
        return bytes;
    }

    private static Optional<Retained> newest(@Nullable Deque<Retained> events, Predicate<Publication> visible) {
        return events == null
                ? Optional.empty()
                : events.stream()
                        .filter(event -> visible.test(event.publication()))
                        .findFirst();
    }

    private void remove(Deque<Retained> events, Predicate<Retained> which) {
        events.removeIf(event -> {
            boolean goes = which.test(event);
            bytes -= goes ? event.size() : 0;
            return goes;
        });
    }

    /** The one for all is older than any other. */
    private void removeOldest(Deque<Retained> events) {
        Retained oldest = events.removeLast();
        if (oldest.isForAll()) {
            bytes -= events.removeLast().size();
            events.addLast(oldest);
        } else {
            bytes -= oldest.size();
        }
    }

    private void forgetEldest() {
        Iterator<Deque<Retained>> eldest = byTopic.values().iterator();
        bytes -= size(eldest.next());
        eldest.remove();
    }

    private static long size(Deque<Retained> events) {
        return events.stream().mapToLong(Retained::size).sum();
    }
}
