package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.broker.RetainedTopic;
import dev.carillon.broker.Subscriptions;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Advanced Profile, "Subscription Meta API"; {@code remove_subscriber} as Crossbar has it. */
final class SubscriptionMeta {

    private static final int MOST_LISTED = 1000;

    private final Broker broker;
    private final Subscriptions subscriptions;
    private final Members members;

    private SubscriptionMeta(Broker broker, Members members) {
        this.broker = broker;
        this.subscriptions = broker.subscriptions();
        this.members = members;
    }

    static void addTo(MetaApi api, Broker broker, Members members) {
        SubscriptionMeta meta = new SubscriptionMeta(broker, members);
        api.add("wamp.subscription.list", (caller, arguments) -> () -> Answer.of(meta.subscriptions.list()));
        api.add("wamp.subscription.lookup", meta::lookup);
        api.add("wamp.subscription.match", meta::match);
        api.add("wamp.subscription.get", meta.byId(meta.subscriptions::details));
        api.add("wamp.subscription.list_subscribers", meta.byId(meta.subscriptions::subscribers));
        api.add(
                "wamp.subscription.count_subscribers",
                meta.byId(id -> meta.subscriptions.subscribers(id).size()));
        api.add("wamp.subscription.remove_subscriber", meta::remove);
        api.add("carillon.retained.list", meta::listRetained);
        api.add("carillon.retained.clear", meta::clearRetained);
    }

    private Supplier<Answer> lookup(Session caller, MetaArguments arguments) {
        UriPattern pattern = new UriPattern(arguments.match(1), arguments.uri(0, "topic"));
        return () -> Answer.of(
                subscriptions.lookup(pattern).map(SubscriptionId::value).orElse(null));
    }

    private Supplier<Answer> match(Session caller, MetaArguments arguments) {
        Uri topic = arguments.uri(0, "topic");
        return () -> {
            List<Long> ids = subscriptions.match(topic);
            return Answer.of(ids.isEmpty() ? null : ids);
        };
    }

    private MetaProcedure byId(Function<SubscriptionId, Object> what) {
        return (caller, arguments) -> {
            SubscriptionId id = new SubscriptionId(arguments.id(0, "subscription"));
            return () -> Answer.of(what.apply(id));
        };
    }

    /**
     * Arguments: the subscription's id, the session's id; {@code reason}, a URI. What the application itself subscribes to
     * is not for others to end.
     */
    private Supplier<Answer> remove(Session caller, MetaArguments arguments) {
        SubscriptionId id = new SubscriptionId(arguments.id(0, "subscription"));
        long session = arguments.id(1, "session");
        Uri reason = arguments.reason(ErrorUri.NOT_AUTHORIZED);
        return () -> {
            List<Long> subscribers = subscriptions.subscribers(id);
            Session subscriber = members.get(session);
            if (!subscribers.contains(session) || subscriber.identity().equals(Identity.APPLICATION)) {
                throw new WampError(ErrorUri.NO_SUCH_SESSION, "session " + session + " does not subscribe to this");
            }
            return new Answer(Payload.NONE, broker.revoke(subscriber, id, reason));
        };
    }

    /**
     * Arguments: what the topics begin with, all if it is not given; {@code limit}. Result: of each topic of which something
     * is retained {@code topic, events, bytes}. What the events say is for those who may subscribe.
     */
    private Supplier<Answer> listRetained(Session caller, MetaArguments arguments) {
        UriPattern topics = new UriPattern(MatchPolicy.PREFIX, new Uri(arguments.string(0, "prefix", "")));
        int limit = arguments.limit(MOST_LISTED);
        return () -> Answer.of(broker.retained(topics, limit).stream()
                .map(SubscriptionMeta::asValues)
                .toList());
    }

    private static Map<String, Object> asValues(RetainedTopic retained) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("topic", retained.topic().value());
        values.put("events", retained.events());
        values.put("bytes", retained.bytes());
        return values;
    }

    /** Arguments: a topic, and options as of SUBSCRIBE. Result: the number of topics of which something was retained. */
    private Supplier<Answer> clearRetained(Session caller, MetaArguments arguments) {
        UriPattern topics = new UriPattern(arguments.match(1), arguments.uri(0, "topic"));
        return () -> Answer.of(broker.clearRetained(topics));
    }
}
