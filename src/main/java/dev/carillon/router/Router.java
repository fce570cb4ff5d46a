package dev.carillon.router;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Reasons;
import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Challenge;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.Realm;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.OutboxLimits;
import dev.carillon.session.Session;
import dev.carillon.session.SessionState;
import dev.carillon.session.SessionState.Challenging;
import dev.carillon.session.SessionState.Established;
import dev.carillon.session.SessionState.Establishing;
import dev.carillon.session.SessionState.ShuttingDown;
import dev.carillon.session.Transport;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Connects transports with realms. A transport tells it of a connection, of each frame in the order of arrival, and of
 * the end; different connections may be served by different threads at the same time.
 */
public final class Router {

    private static final System.Logger LOG = System.getLogger(Router.class.getName());

    /** Sessions that are not the application's own. */
    public static final Predicate<Session> OF_PEERS =
            session -> !session.handshake().equals(Handshake.APPLICATION);

    private final Map<String, Realm> realms;
    private final OutboxLimits limits;
    private final JoinRate joins;
    private final Metrics metrics;
    private volatile boolean admitting = true;

    public Router(Collection<Realm> realms, OutboxLimits limits, JoinRate joins, Metrics metrics) {
        this.realms = realms.stream().collect(Collectors.toUnmodifiableMap(Realm::name, Function.identity()));
        this.limits = limits;
        this.joins = joins;
        this.metrics = metrics;
    }

    public JoinRate joins() {
        return joins;
    }

    public Metrics metrics() {
        return metrics;
    }

    /** Whether peers are let in; the application's own sessions always are. */
    public boolean isAdmitting() {
        return admitting;
    }

    /** Lets peers in or not; those who are in stay. */
    public void admit(boolean peers) {
        admitting = peers;
    }

    /** The names of all realms. */
    public Set<String> realms() {
        return realms.keySet();
    }

    /** A peer has connected. */
    public Session connect(Transport transport, Serializer serializer, Handshake handshake) {
        boolean isApplication = handshake.equals(Handshake.APPLICATION); // it reads at once, and must not be cut
        return new Session(transport, serializer, handshake, isApplication ? OutboxLimits.NONE : limits);
    }

    /** The peer has sent a frame. Never throws: whatever it holds is the peer's business, and answered to the peer. */
    public void receive(Session session, Frame frame) {
        receive(session, () -> session.serializer().decode(frame));
    }

    /** As above, for who is in the same process: what the application makes need not be read again to be believed. */
    public void receive(Session session, Message message) {
        receive(session, () -> message);
    }

    private void receive(Session session, Supplier<Message> message) {
        try {
            handle(session, message.get());
        } catch (ProtocolViolation violation) {
            violated(session, violation);
        } catch (RuntimeException | Error failure) {
            LOG.log(ERROR, "CAR-901 a message could not be handled; its session ends", failure);
            abort(session, ErrorUri.INTERNAL, "the router failed; see its log", CloseReason.INTERNAL_ERROR);
        }
    }

    /** The peer broke the protocol below the level of messages, or would not stop talking. */
    public void violated(Session session, ProtocolViolation violation) {
        if (session.state() instanceof SessionState.Closed) {
            return; // what a peer sends behind its end does not matter
        }
        LOG.log(DEBUG, "protocol violation: {0}", violation.sentence());
        abort(session, ErrorUri.PROTOCOL_VIOLATION, violation.sentence(), CloseReason.PROTOCOL_ERROR);
    }

    /** The connection has ended, orderly or not. */
    public void disconnected(Session session) {
        end(session, session.outbox().closing().map(CloseReason::name).orElse("connection_lost"));
        session.cut(CloseReason.NORMAL);
    }

    /**
     * Publishes what the application has to say.
     *
     * @throws WampError {@code wamp.error.invalid_uri}, {@code wamp.error.no_such_realm}, and others of {@link Realm#publish}
     */
    public void publish(String realm, Uri topic, Payload payload, boolean retained) {
        home(realm).publish(topic, payload, retained);
    }

    /**
     * The position of what was published last to the history that keeps a topic; empty if none does.
     *
     * @throws WampError {@code wamp.error.no_such_realm}
     */
    public Optional<String> position(String realm, Uri topic) {
        return home(realm).position(topic);
    }

    /**
     * The users who subscribe to a topic, sorted: each once, however many sessions they have. Visitors, back-ends and the
     * application itself are none.
     *
     * @throws WampError {@code wamp.error.no_such_realm}
     */
    public Set<String> users(String realm, Uri topic) {
        return home(realm).users(topic);
    }

    private Realm home(String realm) {
        Realm home = realms.get(realm);
        if (home == null) {
            throw noSuchRealm();
        }
        return home;
    }

    /** Asks again for the rights that sessions of all realms had, and takes away what they have none to any more. */
    public void recheck(Predicate<Session> whose) {
        realms.values().forEach(realm -> realm.recheck(whose));
    }

    /** Says GOODBYE to sessions of all realms; each is closed with {@code then} when it has answered. */
    public void goodbye(Predicate<Session> which, Uri reason, CloseReason then) {
        realms.values().forEach(realm -> realm.goodbye(which, reason, then));
    }

    /** Lets nobody in any more, and says GOODBYE to all. */
    public void close() {
        realms.values().forEach(Realm::close);
    }

    private void handle(Session session, Message message) {
        SessionState state = session.state();
        if (state instanceof Established established) {
            established.receiver().receive(session, message);
        } else if (state instanceof ShuttingDown shuttingDown) {
            if (message instanceof Goodbye) {
                session.close();
                session.outbox().closeWhenSent(shuttingDown.then());
            }
        } else if (state instanceof SessionState.Closed) {
            LOG.log(DEBUG, "{0} after the end of its session: ignored", message.code());
        } else if (message instanceof Abort) {
            session.close();
            session.cut(CloseReason.NORMAL);
        } else if (state instanceof Establishing && message instanceof Hello hello) {
            hello(session, hello);
        } else if (state instanceof Challenging challenging && message instanceof Authenticate answer) {
            proceed(session, challenging.hello(), challenging.answer().apply(answer));
        } else {
            throw new ProtocolViolation(message.code() + " is not what a client says at this point");
        }
    }

    private void hello(Session session, Hello hello) {
        if (!hello.realm().isLegal(Uri.Rules.LOOSE)) {
            throw new ProtocolViolation("the realm of HELLO must be a URI");
        }
        try {
            Features.of(hello);
            if (hello.details().dict("roles").orElse(Dict.EMPTY).entries().isEmpty()) {
                throw new ProtocolViolation("HELLO must announce at least one role");
            }
            Realm realm = realms.get(hello.realm().value());
            if (realm == null) {
                throw noSuchRealm();
            }
            proceed(session, hello, realm.authenticator().authenticate(hello, session.handshake()));
        } catch (WampError error) {
            if (error.uri().equals(ErrorUri.INVALID_ARGUMENT)) {
                throw new ProtocolViolation("HELLO: " + error.sentence());
            }
            abort(session, error.uri(), error.sentence(), CloseReason.NORMAL);
        }
    }

    private void proceed(Session session, Hello hello, Authenticator.Outcome outcome) {
        if (outcome instanceof Authenticator.Admitted admitted) {
            Realm realm = realms.get(hello.realm().value());
            join(session, realm, admitted, Features.of(hello));
        } else if (outcome instanceof Authenticator.Challenged challenged) {
            if (session.challenge(hello, challenged.answer())) {
                session.send(new Challenge(challenged.authmethod(), challenged.extra()));
            }
        } else if (outcome instanceof Authenticator.Refused refused) {
            abort(session, refused.reason(), refused.sentence(), CloseReason.POLICY_VIOLATION);
        }
    }

    private void join(Session session, Realm realm, Authenticator.Admitted admitted, Features features) {
        try {
            requireRate(admitted.identity());
            if (isTurnedAway(session) || !realm.join(session, admitted.identity(), features)) {
                abort(session, CloseUri.SYSTEM_SHUTDOWN, "the router is shutting down", CloseReason.GOING_AWAY);
            } else if (isTurnedAway(session)) {
                // Whoever said GOODBYE to all in this moment has not found this session.
                realm.goodbye(session::equals, CloseUri.SYSTEM_SHUTDOWN, CloseReason.GOING_AWAY);
            } else if (!admitted.holds().getAsBoolean()) {
                // A logout that came between the ticket and the join has not found this session.
                realm.goodbye(session::equals, CloseUri.LOGGED_OUT, CloseReason.POLICY_VIOLATION);
            }
        } catch (WampError tooMany) {
            abort(session, tooMany.uri(), tooMany.sentence(), CloseReason.TRY_LATER);
        }
    }

    private boolean isTurnedAway(Session session) {
        return !admitting && OF_PEERS.test(session);
    }

    /** Behind the login, so that who has none cannot keep those out who have. */
    private void requireRate(Identity identity) {
        if (!identity.isTrusted() && !joins.tryTake()) {
            throw new WampError(
                    ErrorUri.TOO_MANY_JOINS,
                    "too many sessions are being opened in this moment; try again in some seconds");
        }
    }

    private void abort(Session session, Uri reason, String sentence, CloseReason then) {
        metrics.refused(Reasons.of(reason));
        end(session, Reasons.of(reason));
        session.sendLast(new Abort(Dict.of("message", sentence), reason), then);
    }

    private static void end(Session session, String reason) {
        if (session.close() instanceof Established established) {
            established.receiver().leave(session, reason);
        }
    }

    private static WampError noSuchRealm() {
        return new WampError(ErrorUri.NO_SUCH_REALM, "there is no realm of this name here");
    }
}
