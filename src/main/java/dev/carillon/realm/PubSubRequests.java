package dev.carillon.realm;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.broker.Broker;
import dev.carillon.broker.Publication;
import dev.carillon.broker.SubscribeOptions;
import dev.carillon.broker.TopicHooks;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Audience;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Identity;
import dev.carillon.security.Receivers;
import dev.carillon.session.Deliveries;
import dev.carillon.session.OutboxPolicies;
import dev.carillon.session.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** PUBLISH, SUBSCRIBE and UNSUBSCRIBE: legal, allowed, and only then a turn. Runs on the requester's own thread. */
final class PubSubRequests {

    private static final System.Logger LOG = System.getLogger(PubSubRequests.class.getName());

    private final Rights rights;
    private final TopicHooks hooks;
    private final boolean disclosure;
    private final int publishRate;
    private final OutboxPolicies policies;
    private final Broker broker;
    private final Turns turns;
    private final InstantSource clock;

    PubSubRequests(Rights rights, RealmSettings settings, Broker broker, Turns turns, Surroundings surroundings) {
        this.rights = rights;
        this.hooks = settings.hooks();
        this.disclosure = settings.disclosure();
        this.publishRate = settings.publishRate();
        this.policies = settings.policies();
        this.broker = broker;
        this.turns = turns;
        this.clock = surroundings.clock();
    }

    /**
     * What the application wants to publish, as its handlers want it.
     *
     * @throws WampError if the topic is not a legal URI, or nobody declared it, or a handler refuses or fails
     */
    Publication publishable(Uri topic, Payload payload, boolean retained) {
        requireMayPublish(topic, Identity.APPLICATION, null);
        TopicHooks.Edited edited = edit(topic, payload, Identity.APPLICATION, null);
        Receivers receivers = new Receivers(List.of(edited.audience()), Audience.NOBODY, null);
        return new Publication(
                topic,
                edited.payload(),
                Dict.EMPTY,
                receivers,
                edited.declared(),
                retained,
                edited.pattern(),
                policies.of(topic, edited.whenFull()));
    }

    void publish(Session from, Publish publish) {
        PublishOptions options = options(from, publish.options());
        requireRate(from);
        Publication publication =
                later(from, publish.topic(), publish.payload(), options).get();
        turns.turn(from, () -> {
            Broker.Published published = broker.publish(publication);
            return options.acknowledge()
                    ? published.deliveries().add(from, new Published(publish.request(), published.id()))
                    : published.deliveries();
        });
    }

    /**
     * What a session publishes; its right to is looked at now.
     *
     * @return asks the topic's handler, and throws what it throws; also when the session has ended
     */
    Supplier<Publication> later(Session from, Uri topic, Payload payload, PublishOptions options) {
        requireMayPublish(topic, from.identity(), from.id());
        Dict publisher = options.discloseMe() ? publisher(from) : Dict.EMPTY;
        return () -> {
            TopicHooks.Edited edited = edit(topic, payload, from.identity(), from.id());
            return new Publication(
                    topic,
                    edited.payload(),
                    publisher.and(options.passthru()),
                    options.receivers(edited.audience(), from.id()),
                    edited.declared(),
                    options.retain(),
                    edited.pattern(),
                    policies.of(topic, edited.whenFull()));
        };
    }

    /** @throws WampError if an option has a wrong type, or is not allowed here */
    PublishOptions options(Session from, Dict options) {
        PublishOptions read = PublishOptions.of(options, from.features());
        if (read.discloseMe() && !disclosure) {
            throw new WampError(ErrorUri.DISCLOSURE_DISALLOWED, "publishers are not disclosed in this realm");
        }
        return read;
    }

    /** Advanced Profile, "Publisher Identification". */
    private static Dict publisher(Session from) {
        return Dict.of("publisher", from.id().value())
                .and(Dict.of("publisher_authid", from.identity().authid()))
                .and(Dict.of("publisher_authrole", from.identity().authrole()));
    }

    private void requireMayPublish(Uri topic, Identity publisher, @Nullable SessionId session) {
        rights.requireLegal(topic);
        rights.requireUnreserved(topic);
        if (Broker.watchedBy(topic).isPresent()) {
            throw new WampError(ErrorUri.INVALID_URI, "what is below 'carillon.presence.' is published by the router");
        }
        rights.require(Action.PUBLISH, new UriPattern(MatchPolicy.EXACT, topic), publisher, session);
    }

    void subscribe(Session from, Subscribe subscribe) {
        SubscribeOptions options = SubscribeOptions.of(subscribe.options());
        UriPattern topics = new UriPattern(options.match(), subscribe.topic());
        rights.requireLegal(topics);
        boolean has = hasOrMay(from, topics);
        boolean[] undeclared = {false};
        boolean[] allowed = {false};
        boolean subscribed = false;
        Runnable ask = () -> {
            undeclared[0] = options.match() == MatchPolicy.EXACT || rights.showsUndeclared(from, topics);
            if (has) {
                rights.requireAgain(from, Action.SUBSCRIBE, topics);
            } else {
                rights.require(from, Action.SUBSCRIBE, topics);
            }
            allowed[0] = true;
        };
        try {
            subscribed = rights.use(from, ask, turns, () -> broker.subscribe(from, subscribe, options, undeclared[0]));
        } finally {
            if (allowed[0] && !subscribed && !has) {
                // Its handler has counted on the subscriber, who has left, or asked for too much, or lost the right.
                hooks.onUnsubscribe(topics, from.identity(), from.id());
            }
        }
    }

    /**
     * Whether the session has this subscription; its own messages come one at a time, so only the router can end it.
     *
     * @throws WampError if it has not, and may not have another one
     */
    private boolean hasOrMay(Session from, UriPattern topics) {
        boolean[] has = {false};
        turns.turn(from, () -> {
            has[0] = broker.has(from, topics);
            if (!has[0]) {
                broker.requireRoom(from);
            }
            return new Deliveries();
        });
        return has[0];
    }

    void unsubscribe(Session from, Unsubscribe unsubscribe) {
        turns.turn(from, () -> broker.unsubscribe(from, unsubscribe));
    }

    /** @throws WampError {@code carillon.error.rate_limited} if the session publishes too often */
    void requireRate(Session from) {
        if (publishRate > 0 && !from.identity().isTrusted() && !from.mayPublishNow(publishRate, clock.instant())) {
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
