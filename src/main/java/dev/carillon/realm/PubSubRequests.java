package dev.carillon.realm;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.broker.Broker;
import dev.carillon.broker.TopicHooks;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** PUBLISH, SUBSCRIBE and UNSUBSCRIBE: legal, allowed, and only then a turn. Runs on the requester's own thread. */
final class PubSubRequests {

    private static final System.Logger LOG = System.getLogger(PubSubRequests.class.getName());

    /** Advanced Profile, "Subscriber Black- and Whitelisting". */
    private static final List<String> NARROWING = List.of(
            "eligible", "eligible_authid", "eligible_authrole", "exclude", "exclude_authid", "exclude_authrole");

    private final Rights rights;
    private final TopicHooks hooks;
    private final int publishRate;
    private final Broker broker;
    private final Turns turns;
    private final InstantSource clock;
    private final Metrics metrics;

    PubSubRequests(
            Rights rights, TopicHooks hooks, int publishRate, Broker broker, Turns turns, Surroundings surroundings) {
        this.rights = rights;
        this.hooks = hooks;
        this.publishRate = publishRate;
        this.broker = broker;
        this.turns = turns;
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
    }

    /**
     * What the application wants to publish, as its handlers want it.
     *
     * @throws WampError if the topic is not a legal URI, or nobody declared it, or a handler refuses or fails
     */
    TopicHooks.Edited publishable(Uri topic, Payload payload) {
        return publishable(topic, payload, Identity.APPLICATION, null);
    }

    private TopicHooks.Edited publishable(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
        rights.requireLegal(topic);
        rights.requireUnreserved(topic);
        rights.require(Action.PUBLISH, new UriPattern(MatchPolicy.EXACT, topic), publisher, session);
        return edit(topic, payload, publisher, session);
    }

    void publish(Session from, Publish publish) {
        requirePublishOptions(publish.options());
        requireRate(from);
        TopicHooks.Edited edited = publishable(publish.topic(), publish.payload(), from.identity(), from.id());
        turns.turn(from, () -> broker.publish(from, publish, edited));
    }

    void subscribe(Session from, Subscribe subscribe) {
        if (!subscribe.options().string("match").orElse("exact").equals("exact")) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "the only value of 'match' offered here is 'exact'");
        }
        rights.requireLegal(subscribe.topic());
        rights.require(from, Action.SUBSCRIBE, new UriPattern(MatchPolicy.EXACT, subscribe.topic()));
        if (!turns.turn(from, () -> broker.subscribe(from, subscribe))) {
            // Its handler has counted on the subscriber, who left in this moment.
            hooks.onUnsubscribe(subscribe.topic(), from.identity(), from.id());
        }
    }

    void unsubscribe(Session from, Unsubscribe unsubscribe) {
        turns.turn(from, () -> broker.unsubscribe(from, unsubscribe));
    }

    /** What narrows the receivers is not offered yet; to ignore it would tell those who were not meant. */
    private static void requirePublishOptions(Dict options) {
        options.flag("acknowledge", false);
        options.flag("exclude_me", true);
        for (String narrowing : NARROWING) {
            if (options.has(narrowing)) {
                throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + narrowing + "' is not offered here");
            }
        }
    }

    private void requireRate(Session from) {
        if (publishRate > 0 && !from.identity().isTrusted() && !from.mayPublishNow(publishRate, clock.instant())) {
            metrics.publicationsOverRate.increment();
            throw new WampError(ErrorUri.RATE_LIMITED, "at most " + publishRate + " publications a second");
        }
    }

    private TopicHooks.Edited edit(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
        try {
            return hooks.onPublish(topic, payload, publisher, session);
        } catch (WampError refused) {
            throw refused;
        } catch (RuntimeException | java.lang.Error failure) { // application code: a class that cannot be loaded, say
            LOG.log(ERROR, "CAR-302 the handler of topic " + topic + " failed; nothing was published", failure);
            throw new WampError(ErrorUri.INTERNAL, "the handler of this topic failed");
        }
    }
}
