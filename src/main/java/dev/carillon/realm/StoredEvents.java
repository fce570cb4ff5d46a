package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.history.StoredEvent;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * {@code wamp.subscription.get_events}: for whoever has the subscription, or may have it. Advanced Profile, "Event
 * History".
 */
final class StoredEvents implements MetaProcedure {

    private final Broker broker;
    private final Rights rights;
    private final Turns turns;

    StoredEvents(Broker broker, Rights rights, Turns turns) {
        this.broker = broker;
        this.rights = rights;
        this.turns = turns;
    }

    /** What a reader is to the subscription: one of its subscribers, or not. */
    private static final class Found {
        UriPattern pattern = new UriPattern(MatchPolicy.EXACT, new Uri(""));
        Optional<Broker.Held> held = Optional.empty();
        List<StoredEvent> events = List.of();
    }

    @Override
    public Supplier<Answer> prepare(Session caller, MetaArguments arguments) {
        SubscriptionId id = new SubscriptionId(arguments.id(0, "subscription"));
        EventBounds bounds = EventBounds.of(arguments.keyword());
        Found found = new Found();
        turns.turn(caller, () -> {
            found.pattern = broker.subscriptions().pattern(id);
            found.held = broker.heldBy(caller).stream()
                    .filter(held -> held.id().equals(id))
                    .findFirst();
            return new Deliveries();
        });
        boolean undeclared = found.held.isPresent() ? found.held.get().undeclared() : mayRead(caller, found.pattern);
        turns.turn(caller, () -> {
            found.events = broker.stored(id, caller, undeclared).toList();
            return new Deliveries();
        });
        List<Map<String, Object>> events = bounds.of(found.events).stream() // decoded outside the turn: it may be much
                .map(event -> asValues(id, found.pattern, event))
                .toList();
        return () -> new Answer(new Payload.Values(events, Map.of()), new Deliveries());
    }

    /** @return whether topics too that the application has not declared */
    private boolean mayRead(Session caller, UriPattern topics) {
        rights.require(caller, Action.SUBSCRIBE, topics);
        return topics.policy() == MatchPolicy.EXACT || rights.showsUndeclared(caller, topics);
    }

    private static Map<String, Object> asValues(SubscriptionId id, UriPattern pattern, StoredEvent event) {
        Dict topic = pattern.policy() == MatchPolicy.EXACT
                ? Dict.EMPTY
                : Dict.of("topic", event.topic().value());
        Payload.Values payload = Serializer.values(event.payload());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("timestamp", event.time().toString());
        values.put("subscription", id.value());
        values.put("publication", event.publication().value());
        values.put("details", event.details().and(topic).entries());
        if (!payload.arguments().isEmpty()) {
            values.put("args", payload.arguments());
        }
        if (!payload.keywordArguments().isEmpty()) {
            values.put("kwargs", payload.keywordArguments());
        }
        return values;
    }
}
