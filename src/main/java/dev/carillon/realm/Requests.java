package dev.carillon.realm;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.broker.Broker;
import dev.carillon.broker.TopicHooks;
import dev.carillon.dealer.Dealer;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Request;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What clients ask for: is it legal, is it allowed, and only then a turn. Runs on the requester's own thread, so that a
 * slow authorizer delays nobody else.
 */
final class Requests {

    private static final System.Logger LOG = System.getLogger(Requests.class.getName());

    /** Advanced Profile, "Subscriber Black- and Whitelisting". */
    private static final List<String> NARROWING = List.of(
            "eligible", "eligible_authid", "eligible_authrole", "exclude", "exclude_authid", "exclude_authrole");

    private final String realm;
    private final RealmSettings settings;
    private final InstantSource clock;
    private final Metrics metrics;
    private final Broker broker;
    private final Dealer dealer;
    private final Turns turns;

    Requests(
            String realm,
            RealmSettings settings,
            InstantSource clock,
            Metrics metrics,
            Broker broker,
            Dealer dealer,
            Turns turns) {
        this.realm = realm;
        this.settings = settings;
        this.clock = clock;
        this.metrics = metrics;
        this.broker = broker;
        this.dealer = dealer;
        this.turns = turns;
    }

    /** A turn on behalf of a session; false if that has ended, so that nothing was done. */
    @FunctionalInterface
    interface Turns {
        boolean turn(Session from, Supplier<Deliveries> work);
    }

    /** Grants the request, or answers with an ERROR. */
    void receive(Session from, Request request) {
        try {
            grant(from, request);
        } catch (WampError error) {
            if (isAnswered(request)) {
                answer(from, request, error);
            } else {
                LOG.log(DEBUG, "session {0}: {1} refused: {2}", from.id(), request.code(), error.uri());
            }
        }
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
        requireLegal(topic);
        requireUnreserved(topic);
        authorize(new Authorizer.Request(
                realm, Action.PUBLISH, new UriPattern(MatchPolicy.EXACT, topic), publisher, session));
        return edit(topic, payload, publisher, session);
    }

    private void grant(Session from, Request request) {
        if (request instanceof Publish publish) {
            requirePublishOptions(publish.options());
            requireRate(from);
            TopicHooks.Edited edited = publishable(publish.topic(), publish.payload(), from.identity(), from.id());
            turns.turn(from, () -> broker.publish(from, publish, edited));
        } else if (request instanceof Subscribe subscribe) {
            requireOption(subscribe.options(), "match", "exact");
            requireLegal(subscribe.topic());
            authorize(from, Action.SUBSCRIBE, subscribe.topic());
            if (!turns.turn(from, () -> broker.subscribe(from, subscribe))) {
                // Its handler has counted on the subscriber, who left in this moment.
                settings.hooks().onUnsubscribe(subscribe.topic(), from.identity(), from.id());
            }
        } else if (request instanceof Unsubscribe unsubscribe) {
            turns.turn(from, () -> broker.unsubscribe(from, unsubscribe));
        } else if (request instanceof Call call) {
            requireLegal(call.procedure());
            authorize(from, Action.CALL, call.procedure());
            turns.turn(from, () -> dealer.call(from, call));
        } else if (request instanceof Register register) {
            requireOption(register.options(), "match", "exact");
            requireOption(register.options(), "invoke", "single");
            requireLegal(register.procedure());
            requireUnreserved(register.procedure());
            authorize(from, Action.REGISTER, register.procedure());
            turns.turn(from, () -> dealer.register(from, register));
        } else if (request instanceof Unregister unregister) {
            turns.turn(from, () -> dealer.unregister(from, unregister));
        }
    }

    /**
     * Basic Profile, "PUBLISH": without acknowledge, neither success nor failure is reported. Anything but a plain "no"
     * asks for an answer, if only for the one that it is not a boolean.
     */
    private static boolean isAnswered(Request request) {
        if (!(request instanceof Publish publish)) {
            return true;
        }
        Object acknowledge = publish.options().entries().get("acknowledge");
        return acknowledge != null && !acknowledge.equals(false);
    }

    private void answer(Session from, Request request, WampError error) {
        Payload sentence = Payload.of(error.sentence());
        turns.turn(
                from,
                () -> new Deliveries()
                        .add(from, new Error(request.code(), request.request(), Dict.EMPTY, error.uri(), sentence)));
    }

    private static void requireOption(Dict options, String key, String offered) {
        if (!options.string(key).orElse(offered).equals(offered)) {
            throw new WampError(
                    ErrorUri.INVALID_ARGUMENT, "the only value of '" + key + "' offered here is '" + offered + "'");
        }
    }

    private void requireLegal(Uri uri) {
        if (!uri.isLegal(settings.uriRules())) {
            throw new WampError(ErrorUri.INVALID_URI, "this is not a legal URI: empty component, white space or '#'");
        }
    }

    private static void requireUnreserved(Uri uri) {
        if (uri.isReserved()) {
            throw new WampError(ErrorUri.INVALID_URI, "URIs below 'wamp.' are reserved for the router");
        }
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
        int rate = settings.publishRate();
        if (rate > 0 && !from.identity().isTrusted() && !from.mayPublishNow(rate, clock.instant())) {
            metrics.publicationsOverRate.increment();
            throw new WampError(ErrorUri.RATE_LIMITED, "at most " + rate + " publications a second");
        }
    }

    private TopicHooks.Edited edit(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
        try {
            return settings.hooks().onPublish(topic, payload, publisher, session);
        } catch (WampError refused) {
            throw refused;
        } catch (RuntimeException | java.lang.Error failure) { // application code: a class that cannot be loaded, say
            LOG.log(ERROR, "CAR-302 the handler of topic " + topic + " failed; nothing was published", failure);
            throw new WampError(ErrorUri.INTERNAL, "the handler of this topic failed");
        }
    }

    private void authorize(Session from, Action action, Uri uri) {
        authorize(new Authorizer.Request(
                realm, action, new UriPattern(MatchPolicy.EXACT, uri), from.identity(), from.id()));
    }

    private void authorize(Authorizer.Request request) {
        try {
            settings.authorizer().authorize(request);
        } catch (WampError refused) {
            throw refused;
        } catch (RuntimeException | java.lang.Error failure) {
            LOG.log(
                    ERROR,
                    "CAR-301 whether " + request.who().authid() + " may " + request.action() + " " + request.uri()
                            + " could not be decided",
                    failure);
            throw new WampError(ErrorUri.AUTHORIZATION_FAILED, "whether this is allowed could not be decided");
        }
    }
}
