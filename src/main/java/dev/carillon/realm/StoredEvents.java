package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.broker.TopicHooks;
import dev.carillon.history.StoredEvent;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbound;
import dev.carillon.session.Session;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code wamp.subscription.get_events}: for whoever has the subscription, and for those who may call this and subscribe. Advanced Profile, "Event
 * History".
 */
final class StoredEvents implements MetaProcedure {

    /** Always with milliseconds, as the text has it; {@link java.time.Instant#toString} leaves out what is zero. */
    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

    static final Uri URI = new Uri("wamp.subscription.get_events");

    private final Broker broker;
    private final TopicHooks hooks;
    private final Rights rights;
    private final Turns turns;

    StoredEvents(Broker broker, TopicHooks hooks, Rights rights, Turns turns) {
        this.broker = broker;
        this.hooks = hooks;
        this.rights = rights;
        this.turns = turns;
    }

    @Override
    public Supplier<Answer> prepare(Session caller, MetaArguments arguments) {
        SubscriptionId id = new SubscriptionId(arguments.id(0, "subscription"));
        EventBounds bounds = EventBounds.of(arguments.keyword());
        Optional<Broker.Held> own = inTurn(caller, () -> heldBy(caller, id)).flatMap(held -> held);
        if (own.isEmpty()) {
            requireMayAsk(caller);
        }
        Optional<UriPattern> found = inTurn(caller, () -> broker.subscriptions().pattern(id));
        if (found.isEmpty()) {
            return Answer::none; // the caller has ended meanwhile, and hears nothing any more
        }
        UriPattern pattern = found.get();
        boolean undeclared = own.map(Broker.Held::undeclared).orElseGet(() -> mayRead(caller, pattern));
        // Walked and decoded outside the turn: it may be much.
        List<StoredEvent> events = inTurn(caller, () -> broker.stored(id, caller, undeclared))
                .map(Stream::toList)
                .orElse(List.of());
        Payload answer = payload(caller, id, pattern, bounds.of(events));
        return () -> new Answer(answer, new Deliveries());
    }

    private Optional<Broker.Held> heldBy(Session caller, SubscriptionId id) {
        return broker.heldBy(caller).stream()
                .filter(held -> held.id().equals(id))
                .findFirst();
    }

    /** Ids count up: who has no right to call this must not learn from an answer which of them are in use. */
    private void requireMayAsk(Session caller) {
        try {
            rights.require(caller, Action.CALL, new UriPattern(MatchPolicy.EXACT, URI));
        } catch (WampError refused) {
            throw new WampError(
                    ErrorUri.NOT_AUTHORIZED, "this session has no such subscription, and others are not its business");
        }
    }

    /** Empty if the caller has ended. */
    private <T> Optional<T> inTurn(Session caller, Supplier<T> work) {
        List<T> result = new ArrayList<>(1);
        turns.turn(caller, () -> {
            result.add(work.get());
            return new Deliveries();
        });
        return result.stream().findFirst();
    }

    /** @return whether topics too that the application has not declared */
    private boolean mayRead(Session caller, UriPattern topics) {
        rights.require(caller, Action.SUBSCRIBE, topics);
        hooks.onUnsubscribe(topics, caller.identity(), caller.id()); // the handler counts on a subscriber who is none
        return topics.policy() == MatchPolicy.EXACT || rights.showsUndeclared(caller, topics);
    }

    /** @throws WampError if it is too much for the caller's outbox, which would end the session */
    private static Payload payload(Session caller, SubscriptionId id, UriPattern pattern, List<StoredEvent> events) {
        long size = events.stream().mapToLong(event -> event.payload().size()).sum();
        if (!caller.outbox().hasAmpleRoomFor(1, Outbound.charged(size))) {
            throw new WampError(
                    ErrorUri.PAYLOAD_SIZE_EXCEEDED,
                    "these " + events.size() + " events are too much for one answer; ask for fewer by 'limit'");
        }
        return new Payload.Values(
                events.stream().map(event -> asValues(id, pattern, event)).toList(), Map.of());
    }

    private static Map<String, Object> asValues(SubscriptionId id, UriPattern pattern, StoredEvent event) {
        Dict topic = pattern.policy() == MatchPolicy.EXACT
                ? Dict.EMPTY
                : Dict.of("topic", event.topic().value());
        Payload.Values payload = Serializer.values(event.payload());
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("timestamp", TIMESTAMP.format(event.time()));
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
