package dev.carillon.broker;

import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Subscribed;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbound;
import dev.carillon.session.Session;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Routes publications to subscribers. All state is guarded by the realm's turn, within which every method is called;
 * requests are legal and authorized when they come here.
 */
public final class Broker {

    private final LongSupplier ids;
    private final TopicHooks hooks;
    private final Metrics metrics;
    private final Map<Uri, Subscription> byTopic = new HashMap<>();
    private final Map<Session, Map<SubscriptionId, Subscription>> bySession = new HashMap<>();
    private long lastSubscription;

    /** @param ids random ids of publications */
    public Broker(LongSupplier ids, TopicHooks hooks, Metrics metrics) {
        this.ids = ids;
        this.hooks = hooks;
        this.metrics = metrics;
    }

    /** Answers SUBSCRIBED; who subscribes to a topic again gets the same subscription. */
    public Deliveries subscribe(Session from, Subscribe request) {
        Subscription subscription = byTopic.computeIfAbsent(
                request.topic(), topic -> new Subscription(new SubscriptionId(++lastSubscription), topic));
        subscription.subscribers.add(from);
        bySession.computeIfAbsent(from, session -> new LinkedHashMap<>()).put(subscription.id, subscription);
        return new Deliveries().add(from, new Subscribed(request.request(), subscription.id));
    }

    /**
     * Answers UNSUBSCRIBED.
     *
     * @throws WampError {@code wamp.error.no_such_subscription} if the session has none of this id
     */
    public Deliveries unsubscribe(Session from, Unsubscribe request) {
        Subscription subscription = bySession.getOrDefault(from, Map.of()).get(request.subscription());
        if (subscription == null) {
            throw new WampError(
                    ErrorUri.NO_SUCH_SUBSCRIPTION, "this session has no subscription " + request.subscription());
        }
        bySession.get(from).remove(subscription.id);
        return new Deliveries().add(from, new Unsubscribed(request.request())).addAll(remove(from, subscription));
    }

    /**
     * Sends the EVENTs, then answers PUBLISHED if {@code acknowledge} was asked for. The publisher gets no EVENT unless
     * {@code exclude_me} is false. Advanced Profile, "Publisher Exclusion".
     */
    public Deliveries publish(Session from, Publish request, TopicHooks.Edited edited) {
        boolean excludeMe = request.options().flag("exclude_me", true);
        PublicationId publication = nextPublication();
        Deliveries deliveries = events(request.topic(), edited, publication, excludeMe ? from : null);
        if (request.options().flag("acknowledge", false)) {
            deliveries.add(from, new Published(request.request(), publication));
        }
        return deliveries;
    }

    /** Sends the EVENTs of a publication that the application makes. */
    public Deliveries publish(Uri topic, TopicHooks.Edited edited) {
        return events(topic, edited, nextPublication(), null);
    }

    /** Forgets a session that has ended. */
    public Deliveries leave(Session session) {
        Deliveries deliveries = new Deliveries();
        Map<SubscriptionId, Subscription> subscriptions = bySession.remove(session);
        if (subscriptions != null) {
            subscriptions.values().forEach(subscription -> deliveries.addAll(remove(session, subscription)));
        }
        return deliveries;
    }

    private PublicationId nextPublication() {
        metrics.publications.increment();
        return new PublicationId(ids.getAsLong());
    }

    private Deliveries events(
            Uri topic, TopicHooks.Edited edited, PublicationId publication, @Nullable Session excluded) {
        Deliveries deliveries = new Deliveries();
        Subscription subscription = byTopic.get(topic);
        if (subscription == null) {
            return deliveries;
        }
        Outbound event = new Outbound(new Event(subscription.id, publication, Dict.EMPTY, edited.payload()));
        for (Session subscriber : subscription.subscribers) {
            if (subscriber != excluded && edited.audience().includes(subscriber.id(), subscriber.identity())) {
                deliveries.add(subscriber, event);
            }
        }
        metrics.events.add(deliveries.size());
        return deliveries;
    }

    private Deliveries remove(Session session, Subscription subscription) {
        subscription.subscribers.remove(session);
        if (subscription.subscribers.isEmpty()) {
            byTopic.remove(subscription.topic);
        }
        return new Deliveries()
                .afterwards(() -> hooks.onUnsubscribe(subscription.topic, session.identity(), session.id()));
    }
}
