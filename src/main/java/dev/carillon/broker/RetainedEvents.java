package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last event of each topic that was to be retained. One that was for some only does not hide an older one from the
 * others. Guarded by the realm's turn. Advanced Profile, "Event Retention".
 */
final class RetainedEvents {

    /** Beyond these, the topic that has not been published to for longest is forgotten. */
    static final int MOST_TOPICS = 10_000;

    /** Of one topic, for different receivers. */
    static final int MOST_OF_A_TOPIC = 100;

    private final Map<Uri, Deque<Retained>> byTopic = new LinkedHashMap<>();

    record Retained(PublicationId id, Publication publication) {}

    void put(PublicationId id, Publication publication) {
        Deque<Retained> events = byTopic.remove(publication.topic());
        if (events == null || publication.receivers().isEverybody()) {
            events = new ArrayDeque<>(1);
        }
        events.addFirst(new Retained(id, publication));
        if (events.size() > MOST_OF_A_TOPIC) {
            events.removeLast();
        }
        byTopic.put(publication.topic(), events);
        if (byTopic.size() > MOST_TOPICS) {
            Iterator<Uri> eldest = byTopic.keySet().iterator();
            eldest.next();
            eldest.remove();
        }
    }

    /** For each topic that matches, the newest one that the session may see. */
    List<Retained> of(UriPattern pattern, Session session) {
        List<Retained> found = new ArrayList<>(1);
        if (pattern.policy() == MatchPolicy.EXACT) {
            newest(byTopic.get(pattern.uri()), session).ifPresent(found::add);
        } else {
            byTopic.forEach((topic, events) -> {
                if (pattern.matches(topic)) {
                    newest(events, session).ifPresent(found::add);
                }
            });
        }
        return found;
    }

    /** @return how many were removed */
    int clear(UriPattern pattern) {
        int before = byTopic.size();
        byTopic.keySet().removeIf(pattern::matches);
        return before - byTopic.size();
    }

    int topics() {
        return byTopic.size();
    }

    private static Optional<Retained> newest(@Nullable Deque<Retained> events, Session session) {
        return events == null
                ? Optional.empty()
                : events.stream()
                        .filter(event -> event.publication()
                                .receivers()
                                .ofAnyPublisher()
                                .includes(session.id(), session.identity()))
                        .findFirst();
    }
}
