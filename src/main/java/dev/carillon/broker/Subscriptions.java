package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriIndex;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All subscriptions of a realm, by what they match and by id. Guarded by the realm's turn; what is public is what the
 * meta API tells. Advanced Profile, "Subscription Meta API".
 */
public final class Subscriptions {

    private final UriIndex<Subscription> byPattern = new UriIndex<>();
    private final Map<SubscriptionId, Subscription> byId = new LinkedHashMap<>();
    private long last;
    private int toMetaTopics; // those that match what the router itself publishes

    /** The subscription to this pattern, if somebody has it. */
    Optional<Subscription> find(UriPattern pattern) {
        return byPattern.get(pattern);
    }

    Subscription create(UriPattern pattern, Instant now) {
        Subscription subscription = new Subscription(new SubscriptionId(++last), pattern, now);
        byPattern.computeIfAbsent(pattern, p -> subscription);
        byId.put(subscription.id, subscription);
        toMetaTopics += pattern.isReserved() ? 1 : 0;
        return subscription;
    }

    void remove(Subscription subscription) {
        byPattern.remove(subscription.pattern);
        byId.remove(subscription.id);
        toMetaTopics -= subscription.pattern.isReserved() ? 1 : 0;
    }

    void forEachMatch(Uri topic, Consumer<Subscription> action) {
        byPattern.forEachMatch(topic, action);
    }

    /** Those that match a topic of the router's own, and have named {@code wamp} themselves. */
    List<Subscription> toMetaTopic(Uri topic) {
        List<Subscription> found = new ArrayList<>(0);
        if (toMetaTopics > 0) {
            forEachMatch(topic, subscription -> {
                if (subscription.pattern.isReserved()) {
                    found.add(subscription);
                }
            });
        }
        return found;
    }

    /** How many there are, however many subscribe to each. */
    public int size() {
        return byId.size();
    }

    /** The ids for each match policy, by its name. */
    public Map<String, List<Long>> list() {
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        for (MatchPolicy policy : MatchPolicy.values()) {
            ids.put(policy.wireName(), new ArrayList<>());
        }
        byId.values()
                .forEach(subscription ->
                        ids.get(subscription.pattern.policy().wireName()).add(subscription.id.value()));
        return ids;
    }

    public Optional<SubscriptionId> lookup(UriPattern pattern) {
        return find(pattern).map(subscription -> subscription.id);
    }

    /** The ids of all that match the topic. */
    public List<Long> match(Uri topic) {
        List<Long> ids = new ArrayList<>();
        forEachMatch(topic, subscription -> ids.add(subscription.id.value()));
        return ids;
    }

    /**
     * {@code id, created, uri, match}.
     *
     * @throws WampError {@code wamp.error.no_such_subscription}
     */
    public Map<String, Object> details(SubscriptionId id) {
        return get(id).details();
    }

    /** @throws WampError {@code wamp.error.no_such_subscription} */
    public UriPattern pattern(SubscriptionId id) {
        return get(id).pattern;
    }

    /**
     * The ids of the sessions.
     *
     * @throws WampError {@code wamp.error.no_such_subscription}
     */
    public List<Long> subscribers(SubscriptionId id) {
        return get(id).members.keySet().stream()
                .map(session -> session.id().value())
                .toList();
    }

    Subscription get(SubscriptionId id) {
        Subscription subscription = byId.get(id);
        if (subscription == null) {
            throw new WampError(ErrorUri.NO_SUCH_SUBSCRIPTION, "there is no subscription " + id);
        }
        return subscription;
    }
}
