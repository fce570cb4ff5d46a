package dev.carillon.broker;

import dev.carillon.history.History;
import dev.carillon.history.StoredEvent;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbound;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a subscriber who was away is sent first: a marker, an EVENT without payload that says where it stands and whether
 * there is a gap, and then what it has missed. Guarded by the realm's turn, so that nothing comes in between.
 */
final class Replays {

    private final Function<UriPattern, Optional<History>> histories;
    private final TopicHooks hooks;
    private final LongSupplier ids;

    /** @param histories the history of a subscription's topics, if they have one */
    Replays(Function<UriPattern, Optional<History>> histories, TopicHooks hooks, LongSupplier ids) {
        this.histories = histories;
        this.hooks = hooks;
        this.ids = ids;
    }

    /**
     * What goes out behind SUBSCRIBED.
     *
     * @param isComplete whether nothing was missed but what is in here
     */
    record Replay(Deliveries deliveries, boolean isComplete) {}

    /** For a session that is a member of the subscription already. */
    Replay of(Subscription subscription, Session to, SubscribeOptions options) {
        Optional<History> history = histories.apply(subscription.pattern);
        if (options.after().isEmpty()) {
            return new Replay(marker(subscription, to, false, history.map(History::position)), false);
        }
        Optional<List<Outbound>> missed = history.flatMap(known -> missed(subscription, to, options, known));
        if (missed.isEmpty()) {
            return new Replay(marker(subscription, to, true, history.map(History::position)), false);
        }
        Deliveries deliveries = marker(subscription, to, false, options.after());
        missed.get().forEach(event -> deliveries.add(to, event));
        return new Replay(deliveries, true);
    }

    /** Empty if something is missing, or there is more than the session can be sent at once. */
    private Optional<List<Outbound>> missed(
            Subscription subscription, Session to, SubscribeOptions options, History history) {
        Optional<List<StoredEvent>> events = history.after(options.after().orElseThrow(), subscription.pattern);
        if (events.isEmpty()) {
            return Optional.empty();
        }
        Visible visible = new Visible(
                subscription.pattern, to, subscription.members.get(to).undeclared(), hooks);
        List<Outbound> missed = new ArrayList<>();
        long bytes = 0;
        for (StoredEvent event : events.get()) {
            if (wasKeptFrom(to, options.earlier(), event)) {
                continue;
            }
            if (visible.lacks(event)) {
                return Optional.empty();
            }
            if (visible.includes(event)) {
                Outbound outbound = new Outbound(event(subscription, history, event));
                missed.add(outbound);
                bytes += outbound.size();
            }
            if (!to.outbox().hasAmpleRoomFor(missed.size(), bytes)) {
                return Optional.empty();
            }
        }
        return Optional.of(missed);
    }

    /** Whether the client was not to have it: its own, as a rule. */
    private static boolean wasKeptFrom(Session to, Set<Long> earlierSessions, StoredEvent event) {
        SessionId publisher = event.receivers().publisher();
        return publisher != null && (to.id().equals(publisher) || earlierSessions.contains(publisher.value()))
                || !Collections.disjoint(
                        earlierSessions, event.receivers().without().sessions());
    }

    private static Event event(Subscription subscription, History history, StoredEvent event) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("_position", history.position(event));
        details.put("_replayed", true);
        return new Event(
                subscription.id,
                event.publication(),
                subscription.details(event.topic(), event.details()).and(new Dict(details)),
                event.payload());
    }

    private Deliveries marker(Subscription subscription, Session to, boolean gap, Optional<String> position) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("_gap", gap);
        position.ifPresent(known -> details.put("_position", known));
        PublicationId id = new PublicationId(ids.getAsLong());
        return new Deliveries().add(to, new Event(subscription.id, id, new Dict(details), Payload.NONE));
    }
}
