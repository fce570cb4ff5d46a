package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import dev.carillon.session.SharedPayload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A topic's or a pattern's subscribers, who share its id. Guarded by the realm's turn. */
final class Subscription {

    final SubscriptionId id;
    final UriPattern pattern;
    final Instant created;
    final Map<Session, Membership> members = new LinkedHashMap<>();

    Subscription(SubscriptionId id, UriPattern pattern, Instant created) {
        this.id = id;
        this.pattern = pattern;
        this.created = created;
    }

    /**
     * What a subscriber is sent.
     *
     * @param positions whether EVENTs say where in the history they stand
     * @param markers whether it understands EVENTs without payload that say where a gap is
     * @param undeclared whether it sees topics that the application has not declared
     */
    record Membership(boolean positions, boolean markers, boolean undeclared) {}

    /** @param position says where in its history the event stands; null if it is in none */
    void deliver(
            Publication publication,
            PublicationId id,
            SharedPayload payload,
            @Nullable Supplier<String> position,
            Deliveries deliveries) {
        boolean isForAll = isForAll(publication);
        SessionId publisher = publication.receivers().publisher();
        EventVariants variants = null;
        for (Map.Entry<Session, Membership> member : members.entrySet()) {
            Session session = member.getKey();
            if (isForAll
                    ? session.id().equals(publisher)
                    : !isFor(publication, session, member.getValue().undeclared())) {
                continue;
            }
            variants = variants != null
                    ? variants
                    : new EventVariants(publication, event(publication, id), payload, position);
            deliveries.add(session, variants.of(member.getValue()));
        }
    }

    /** Whether no subscriber but the publisher need be looked at: nearly always so. */
    private boolean isForAll(Publication publication) {
        return publication.receivers().isEverybody()
                && (publication.declared() || pattern.policy() == MatchPolicy.EXACT)
                && !publication.isPassedThrough();
    }

    /** @param undeclared whether the session sees topics here that the application has not declared */
    static boolean isFor(Publication publication, Session session, boolean undeclared) {
        return publication.receivers().includes(session.id(), session.identity())
                && (publication.declared() || undeclared)
                && (!publication.isPassedThrough() || understandsPassthru(session));
    }

    static boolean understandsPassthru(Session session) {
        return session.features().has("subscriber", "payload_passthru_mode");
    }

    private Event event(Publication publication, PublicationId publicationId) {
        return new Event(id, publicationId, details(publication.topic(), publication.details()), publication.payload());
    }

    /** Advanced Profile, "Subscription Meta API": {@code id, created, uri, match}. */
    Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id.value());
        details.put("created", created.truncatedTo(ChronoUnit.MILLIS).toString());
        details.put("uri", pattern.uri().value());
        details.put("match", pattern.policy().wireName());
        return details;
    }

    /** Who subscribed to a pattern is told the topic. */
    Dict details(Uri topic, Dict details) {
        return pattern.policy() == MatchPolicy.EXACT ? details : details.and(Dict.of("topic", topic.value()));
    }
}
