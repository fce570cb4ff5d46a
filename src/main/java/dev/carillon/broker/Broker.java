package dev.carillon.broker;

import dev.carillon.broker.Replays.Replay;
import dev.carillon.broker.RetainedEvents.Retained;
import dev.carillon.broker.Subscription.Membership;
import dev.carillon.history.Histories;
import dev.carillon.history.History;
import dev.carillon.history.StoredEvent;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.RealmMetrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Subscribed;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Receivers;
import dev.carillon.session.Alarms;
import dev.carillon.session.Deliveries;
import dev.carillon.session.MetaEvents;
import dev.carillon.session.Outbound;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import dev.carillon.session.SharedPayload;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Routes publications to subscribers. All state is guarded by the realm's turn, within which every method is called;
 * requests are legal and authorized when they come here.
 */
public final class Broker implements MetaEvents {

    private final LongSupplier ids;
    private final InstantSource clock;
    private final TopicHooks hooks;
    private final Histories histories;
    private final Replays replays;
    private final PresentUsers presence;
    private final SessionLimits limits;
    private final RealmMetrics metrics;
    private final RetainedEvents retained = new RetainedEvents();
    private final Subscriptions subscriptions = new Subscriptions();
    private final Map<Session, Map<SubscriptionId, Subscription>> bySession = new HashMap<>();

    /**
     * @param ids random ids of publications
     * @param presenceGrace how long a user is still there who has left a topic
     */
    public Broker(
            LongSupplier ids,
            InstantSource clock,
            Alarms alarms,
            TopicHooks hooks,
            Histories histories,
            Duration presenceGrace,
            SessionLimits limits,
            RealmMetrics metrics) {
        this.ids = ids;
        this.clock = clock;
        this.hooks = hooks;
        this.histories = histories;
        this.replays = new Replays(this::historyOf, hooks, ids);
        this.presence = new PresentUsers(subscriptions, ids, alarms, presenceGrace);
        this.limits = limits;
        this.metrics = metrics;
    }

    /** The topic of which this one tells who subscribes to it; empty if it is another one. */
    public static Optional<Uri> watchedBy(Uri topic) {
        return PresentUsers.watchedBy(topic);
    }

    /** As above; empty for patterns, which see nothing of this. */
    public static Optional<Uri> watchedBy(UriPattern topics) {
        return topics.policy() == MatchPolicy.EXACT ? watchedBy(topics.uri()) : Optional.empty();
    }

    /** The users who subscribe to a topic. */
    public Set<String> users(Uri topic) {
        return presence.users(topic);
    }

    /**
     * Answers SUBSCRIBED; who subscribes to a topic again gets the same subscription. Behind that comes what was missed,
     * or else what is retained, as far as either was asked for.
     *
     * @param undeclared whether the subscriber may see topics that the application has not declared
     * @throws WampError {@code wamp.error.payload_size_exceeded} if more is retained than it can be sent at once
     */
    public Deliveries subscribe(Session from, Subscribe request, SubscribeOptions options, boolean undeclared) {
        UriPattern pattern = new UriPattern(options.match(), request.topic());
        List<Retained> toSee = options.retained() ? retained(pattern, from, undeclared) : List.of();
        Deliveries meta = new Deliveries();
        Subscription subscription = subscriptions.find(pattern).orElseGet(() -> create(pattern, from, meta));
        boolean positions = options.positions() && historyOf(pattern).isPresent();
        boolean isNew =
                subscription.members.put(from, new Membership(positions, options.positions(), undeclared)) == null;
        bySession.computeIfAbsent(from, session -> new LinkedHashMap<>()).put(subscription.id, subscription);
        from.outbox().startAnew(subscription.id);
        Deliveries deliveries = new Deliveries().add(from, new Subscribed(request.request(), subscription.id));
        boolean isUpToDate = false;
        if (options.positions()) {
            Replay replay = replays.of(subscription, from, options);
            deliveries.addAll(replay.deliveries());
            isUpToDate = replay.isComplete();
        }
        if (!isUpToDate) {
            toSee.forEach(event -> deliveries.add(from, event(subscription, event)));
        }
        deliveries.addAll(presence.subscribed(subscription, from, isNew));
        metrics.eventsOnSubscribe.add(deliveries.size() - 1);
        return deliveries.addAll(meta).addAll(isNew ? told("on_subscribe", subscription, from) : new Deliveries());
    }

    private List<Retained> retained(UriPattern pattern, Session from, boolean undeclared) {
        List<Retained> events = retained.of(pattern, event -> Subscription.isFor(event, from, undeclared));
        long bytes = events.stream()
                .mapToLong(event -> Outbound.charged(event.size()))
                .sum();
        if (events.size() > 1 && !from.outbox().hasAmpleRoomFor(events.size(), bytes)) {
            throw new WampError(
                    ErrorUri.PAYLOAD_SIZE_EXCEEDED,
                    "the retained events of " + events.size() + " topics are too much at once; subscribe to fewer");
        }
        return events;
    }

    private Subscription create(UriPattern pattern, Session by, Deliveries meta) {
        Subscription subscription = subscriptions.create(pattern, clock.instant());
        meta.addAll(publish(metaTopic("on_create"), () -> List.of(by.id().value(), subscription.details())));
        return subscription;
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
        return new Deliveries().add(from, new Unsubscribed(request.request())).addAll(end(from, subscription));
    }

    /**
     * Ends a subscription against the subscriber's will, and says so to one that has announced to understand it; does
     * nothing if it has ended before. Advanced Profile, "Subscription Revocation".
     */
    public Deliveries revoke(Session from, SubscriptionId id, Uri reason) {
        Subscription subscription = bySession.getOrDefault(from, Map.of()).get(id);
        Deliveries deliveries = new Deliveries();
        if (subscription == null) {
            return deliveries;
        }
        if (from.features().has("subscriber", "subscription_revocation")) {
            deliveries.add(from, Unsubscribed.revoked(id, reason));
        }
        return deliveries.addAll(end(from, subscription));
    }

    /**
     * A subscription of one session.
     *
     * @param undeclared whether it may see topics that the application has not declared
     */
    public record Held(SubscriptionId id, UriPattern pattern, boolean undeclared) {}

    /** What a session has subscribed to. */
    public List<Held> heldBy(Session session) {
        return bySession.getOrDefault(session, Map.of()).values().stream()
                .map(subscription -> new Held(
                        subscription.id,
                        subscription.pattern,
                        subscription.members.get(session).undeclared()))
                .toList();
    }

    /**
     * For a further subscription.
     *
     * @throws WampError {@code carillon.error.too_many_subscriptions} if the session may not have one more
     */
    public void requireRoom(Session session) {
        int has = bySession.getOrDefault(session, Map.of()).size();
        if (!SessionLimits.isRoomFor(session.identity(), has, limits.subscriptions())) {
            throw new WampError(
                    ErrorUri.TOO_MANY_SUBSCRIPTIONS,
                    "this session has " + has + " subscriptions, and may have no more; end some, or use a pattern");
        }
    }

    /** Whether the session has subscribed to exactly this. */
    public boolean has(Session session, UriPattern pattern) {
        return subscriptions
                .find(pattern)
                .map(found -> found.members.containsKey(session))
                .orElse(false);
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /**
     * What a subscription's history still holds, as far as this session may see it; oldest first.
     *
     * @param undeclared whether it may see topics that the application has not declared
     * @throws WampError {@code wamp.error.no_such_subscription}
     */
    public Stream<StoredEvent> stored(SubscriptionId id, Session reader, boolean undeclared) {
        Subscription subscription = subscriptions.get(id);
        Visible visible = new Visible(subscription.pattern, reader, undeclared, hooks);
        return historyOf(subscription.pattern).stream()
                .flatMap(History::oldestFirst)
                .filter(visible::includes);
    }

    /** A publication's id and the EVENTs. */
    public record Published(PublicationId id, Deliveries deliveries) {}

    /** Sends the EVENTs, and keeps what is to be kept. */
    public Published publish(Publication publication) {
        PublicationId id = new PublicationId(ids.getAsLong());
        RealmMetrics.OfTopics counters = metrics.topics(pattern(publication));
        counters.publications.increment();
        if (publication.retained()) {
            retained.put(id, publication);
        }
        Supplier<String> position = position(id, publication);
        SharedPayload payload = new SharedPayload(publication.payload());
        Deliveries deliveries = new Deliveries();
        subscriptions.forEachMatch(
                publication.topic(),
                subscription -> subscription.deliver(publication, id, payload, position, deliveries));
        counters.events.add(deliveries.size());
        return new Published(id, deliveries);
    }

    /** Under which it is counted: what nobody declared has its history's, so that peers cannot make any up. */
    private String pattern(Publication publication) {
        return publication.pattern().equals(RealmMetrics.UNDECLARED)
                ? histories
                        .of(publication.topic())
                        .map(history -> history.settings().name())
                        .orElse(RealmMetrics.UNDECLARED)
                : publication.pattern();
    }

    /** Of which topics something is retained, and how much; the one that was published to last comes first. */
    public List<RetainedTopic> retained(UriPattern topics, int limit) {
        return retained.list(topics, limit);
    }

    /** Forgets what is retained. @return of how many topics */
    public int clearRetained(UriPattern topics) {
        return retained.clear(topics);
    }

    /** What the router itself publishes is in none: a subscriber who was away must learn of the gap. */
    private Optional<History> historyOf(UriPattern topics) {
        boolean isOfTheRouter = topics.isReserved() || watchedBy(topics.uri()).isPresent();
        return isOfTheRouter ? Optional.empty() : histories.of(topics);
    }

    /** Where in its history the publication stands now; null if it is in none. */
    private @Nullable Supplier<String> position(PublicationId id, Publication publication) {
        History history = publication.receivers().mayMeanOthersLater()
                ? histories.of(publication.topic()).orElse(null)
                : null;
        if (history == null) {
            return null;
        }
        StoredEvent event = history.append(
                publication.topic(), id, publication.details(), publication.payload(), publication.receivers());
        return () -> history.position(event);
    }

    private static Event event(Subscription subscription, Retained event) {
        Dict details = subscription.details(
                event.publication().topic(), event.publication().details());
        return new Event(
                subscription.id,
                event.id(),
                details.and(Dict.of("retained", true)),
                event.publication().payload());
    }

    /** Meta events are for those who named {@code wamp} themselves: what watches everything else must not see them. */
    @Override
    public Deliveries publish(Uri topic, Supplier<List<?>> arguments) {
        Deliveries deliveries = new Deliveries();
        List<Subscription> watching = subscriptions.toMetaTopic(topic);
        if (!watching.isEmpty()) {
            Publication publication = new Publication(
                    topic, new Payload.Values(arguments.get(), Map.of()), Dict.EMPTY, Receivers.EVERYBODY, true, false);
            PublicationId id = new PublicationId(ids.getAsLong());
            SharedPayload payload = new SharedPayload(publication.payload());
            watching.forEach(subscription -> subscription.deliver(publication, id, payload, null, deliveries));
        }
        return deliveries;
    }

    /** Forgets a session that has ended. */
    public Deliveries leave(Session session) {
        Deliveries deliveries = new Deliveries();
        List<Subscription> own =
                List.copyOf(bySession.getOrDefault(session, Map.of()).values());
        own.forEach(subscription -> subscription.members.remove(session)); // it need not hear of its own end
        own.forEach(subscription -> deliveries.addAll(end(session, subscription)));
        return deliveries;
    }

    private Deliveries end(Session session, Subscription subscription) {
        subscription.members.remove(session);
        Map<SubscriptionId, Subscription> own = bySession.get(session);
        own.remove(subscription.id);
        if (own.isEmpty()) {
            bySession.remove(session);
        }
        session.outbox().startAnew(subscription.id);
        presence.ended(subscription, session);
        Deliveries deliveries = told("on_unsubscribe", subscription, session);
        if (subscription.members.isEmpty()) {
            subscriptions.remove(subscription);
            deliveries.addAll(told("on_delete", subscription, session));
        }
        return deliveries.afterwards(() -> hooks.onUnsubscribe(subscription.pattern, session.identity(), session.id()));
    }

    private Deliveries told(String event, Subscription subscription, Session session) {
        return publish(metaTopic(event), () -> List.of(session.id().value(), subscription.id.value()));
    }

    private static Uri metaTopic(String event) {
        return new Uri("wamp.subscription." + event);
    }
}
