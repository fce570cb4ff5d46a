package dev.carillon.realm;

import dev.carillon.history.StoredEvent;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Which events of a history are asked for. All bounds count together. Advanced Profile, "Event History".
 *
 * @param matches bounds of time and the topic
 */
record EventBounds(
        Predicate<StoredEvent> matches,
        Optional<PublicationId> from,
        Optional<PublicationId> after,
        Optional<PublicationId> before,
        Optional<PublicationId> until,
        boolean reverse,
        long limit) {

    /** @throws WampError {@code wamp.error.invalid_argument} if one has a wrong type, or is not a time */
    static EventBounds of(Dict keyword) {
        Predicate<StoredEvent> matches = event -> true;
        Optional<Instant> fromTime = time(keyword, "from_time");
        Optional<Instant> afterTime = time(keyword, "after_time");
        Optional<Instant> beforeTime = time(keyword, "before_time");
        Optional<Instant> untilTime = time(keyword, "until_time");
        Optional<Uri> topic = keyword.string("topic").map(Uri::new);
        matches = matches.and(event -> !fromTime.filter(event.time()::isBefore).isPresent())
                .and(event -> afterTime.map(event.time()::isAfter).orElse(true))
                .and(event -> beforeTime.map(event.time()::isBefore).orElse(true))
                .and(event -> !untilTime.filter(event.time()::isAfter).isPresent())
                .and(event -> topic.map(event.topic()::equals).orElse(true));
        return new EventBounds(
                matches,
                publication(keyword, "from_publication"),
                publication(keyword, "after_publication"),
                publication(keyword, "before_publication"),
                publication(keyword, "until_publication"),
                keyword.flag("reverse", false),
                keyword.id("limit").orElse(Long.MAX_VALUE));
    }

    /**
     * @param history oldest first
     * @throws WampError {@code wamp.error.invalid_argument} if a publication is not, or not any more, in the history: an
     *     empty answer would look like the end of it
     */
    List<StoredEvent> of(List<StoredEvent> history) {
        int first = Math.max(
                from.map(id -> place(history, id)).orElse(0),
                after.map(id -> place(history, id) + 1).orElse(0));
        int end = Math.min(
                before.map(id -> place(history, id)).orElse(history.size()),
                until.map(id -> place(history, id) + 1).orElse(history.size()));
        List<StoredEvent> chosen = new ArrayList<>();
        for (int i = first; i < end; i++) {
            if (matches.test(history.get(i))) {
                chosen.add(history.get(i));
            }
        }
        if (reverse) {
            Collections.reverse(chosen);
        }
        return chosen.subList(0, (int) Math.min(limit, chosen.size()));
    }

    private static int place(List<StoredEvent> history, PublicationId publication) {
        for (int i = 0; i < history.size(); i++) {
            if (history.get(i).publication().equals(publication)) {
                return i;
            }
        }
        throw new WampError(
                ErrorUri.INVALID_ARGUMENT, "publication " + publication + " is not, or not any more, in the history");
    }

    private static Optional<PublicationId> publication(Dict keyword, String key) {
        return keyword.id(key).map(PublicationId::new);
    }

    private static Optional<Instant> time(Dict keyword, String key) {
        return keyword.string(key).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                throw new WampError(
                        ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be a time such as 2026-11-21T10:00:00.000Z");
            }
        });
    }
}
