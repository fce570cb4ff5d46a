package dev.carillon.realm;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.broker.Broker;
import dev.carillon.broker.Publication;
import dev.carillon.dealer.Dealer;
import dev.carillon.dealer.Registrations;
import dev.carillon.history.Histories;
import dev.carillon.history.History;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.RealmMetrics;
import dev.carillon.metrics.Reasons;
import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.Request;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.protocol.Welcome;
import dev.carillon.protocol.Yield;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Identity;
import dev.carillon.session.Alarms;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Receiver;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import dev.carillon.session.SessionState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A routing and administrative domain: topics and sessions of one realm do not see those of another.
 *
 * <p>All changes of its sessions', broker's and dealer's state happen in a <em>turn</em>, which holds the realm's lock for memory
 * operations only: it fixes the order in which each peer is told, and the sockets are touched after it. Rights are
 * checked before it, on the requester's own thread.
 */
public final class Realm implements Receiver {

    private static final System.Logger LOG = System.getLogger(Realm.class.getName());

    private final String name;
    private final RealmSettings settings;
    private final LongSupplier ids;
    private final InstantSource clock;
    private final Metrics metrics;
    private final RealmMetrics counters;
    private final Executor later;
    private final PubSubRequests pubSub;
    private final MetaApi meta;
    private final RpcRequests rpc;
    private final Requests requests;

    private final TurnTaking turns;
    private final Members members = new Members(); // changed in turns only, as are the fields below
    private final Broker broker;
    private final Dealer dealer;
    private final Testaments testaments;
    private final Revocations revocations;
    private boolean closed;

    public Realm(String name, RealmSettings settings, Surroundings surroundings) {
        this.name = name;
        this.settings = settings;
        this.ids = surroundings.ids();
        this.clock = surroundings.clock();
        this.metrics = surroundings.metrics();
        this.counters = metrics.realm(name);
        this.later = surroundings.later();
        this.turns =
                new TurnTaking(members, surroundings.timers(), this::endTooSlow, new SlowReaders(counters)::without);
        Alarms alarms = (delay, work) -> surroundings.timers().after(delay, () -> turns.turn(work));
        this.broker = new Broker(
                ids,
                surroundings.clock(),
                alarms,
                settings.hooks(),
                settings.histories(),
                settings.presenceGrace(),
                settings.limits(),
                counters);
        Registrations registrations = new Registrations(
                surroundings.clock(), broker, settings.limits().registrations());
        this.dealer = new Dealer(registrations, ids, alarms, settings.limits(), counters);
        Rights rights = new Rights(
                name,
                settings.authorizer(),
                settings.uriRules(),
                settings.limits().uriLength());
        this.pubSub = new PubSubRequests(rights, settings, broker, turns, surroundings);
        this.meta = new MetaApi(rights, dealer, turns);
        this.rpc = new RpcRequests(rights, settings.disclosure(), dealer, meta, turns);
        this.requests = new Requests(pubSub, rpc, turns, metrics);
        this.testaments = new Testaments(pubSub);
        this.revocations = new Revocations(rights, members, broker, dealer, testaments, turns);
        metrics.measure(() -> Depths.of(name, members, broker, dealer, turns));
        testaments.addTo(meta);
        SessionMeta.addTo(meta, members, this::kill);
        SessionList.addTo(meta, members, broker, dealer.registrations());
        SubscriptionMeta.addTo(meta, broker, members);
        RegistrationMeta.addTo(meta, dealer, members);
        meta.addWithRightsOfItsOwn(StoredEvents.URI.value(), new StoredEvents(broker, settings.hooks(), rights, turns));
    }

    public String name() {
        return name;
    }

    public Authenticator authenticator() {
        return settings.authenticator();
    }

    public Histories histories() {
        return settings.histories();
    }

    /** A further procedure, for those who have the right to call it; to be said before the first session joins. */
    public void serve(String uri, MetaProcedure procedure) {
        meta.add(uri, procedure);
    }

    /**
     * Establishes the session: WELCOME. Does nothing if it has ended meanwhile.
     *
     * @return false if the realm is closed
     * @throws WampError {@code carillon.error.too_many_sessions} if the user has as many as one may have
     */
    public boolean join(Session session, Identity identity, Features features) {
        boolean[] joined = {false};
        turns.turn(() -> {
            Deliveries deliveries = new Deliveries();
            if (closed) {
                return deliveries;
            }
            requireRoomFor(identity);
            joined[0] = true;
            SessionId id = unusedId();
            if (session.establish(id, identity, features, this)) {
                members.add(session, clock.instant());
                counters.sessionsJoined.increment();
                deliveries.add(session, new Welcome(id, WelcomeDetails.of(name, identity)));
                deliveries.addAll(SessionMeta.joined(broker, session));
            }
            return deliveries;
        });
        return joined[0];
    }

    private void requireRoomFor(Identity identity) {
        int most = settings.limits().sessionsPerUser();
        if (!SessionLimits.isRoomFor(identity, members.of(identity), most)) {
            throw new WampError(
                    ErrorUri.TOO_MANY_SESSIONS,
                    "this user has " + most + " sessions, and may have no more; close some tabs or programs");
        }
    }

    @Override
    public void receive(Session from, Message message) {
        if (message instanceof Request request) {
            if (!rpc.proceed(from, request)) {
                requireInSequence(from, request);
                requests.receive(from, request);
            }
        } else if (message instanceof Cancel cancel) {
            rpc.cancel(from, cancel);
        } else if (message instanceof Yield answer) {
            turns.turn(from, () -> dealer.yield(from, answer));
        } else if (message instanceof Error answer) {
            turns.turn(from, () -> dealer.error(from, answer));
        } else if (message instanceof Goodbye) {
            farewell(from);
        } else if (message instanceof Abort) {
            from.close();
            leave(from, "aborted");
            from.cut(CloseReason.NORMAL);
        } else {
            throw new ProtocolViolation(message.code() + " is not a message that a client sends in a session");
        }
    }

    @Override
    public void leave(Session session, String reason) {
        turns.turn(() -> forget(session, reason));
    }

    /**
     * Publishes what the application has to say.
     *
     * @param retained whether it is kept for those who subscribe later
     * @throws WampError {@code wamp.error.invalid_uri} if the topic is not a legal URI or reserved,
     *     {@code wamp.error.not_authorized} if nobody declared it or its handler refuses,
     *     {@code carillon.error.internal} if its handler fails, {@code wamp.close.system_shutdown} if the realm is
     *     closed: then nobody gets it, and no history has it
     */
    public void publish(Uri topic, Payload payload, boolean retained) {
        publish(pubSub.publishable(topic, payload, retained));
    }

    /** What is not of a session, which the end of the realm would have ended. */
    private void publish(Publication publication) {
        turns.turn(() -> {
            if (closed) {
                metrics.publicationsTooLate.increment();
                throw new WampError(CloseUri.SYSTEM_SHUTDOWN, "the router is shutting down");
            }
            return broker.publish(publication).deliveries();
        });
    }

    /** The position of what was published last to the history that keeps a topic; empty if none does. */
    public Optional<String> position(Uri topic) {
        List<String> position = new ArrayList<>(1);
        turns.turn(() -> {
            settings.histories().of(topic).map(History::position).ifPresent(position::add);
            return new Deliveries();
        });
        return position.stream().findFirst();
    }

    /** What peers subscribe to now, and which sessions do; the application's own are left out. */
    public Map<UriPattern, Set<SessionId>> subscriptions() {
        Map<UriPattern, Set<SessionId>> subscriptions = new HashMap<>();
        turns.turn(() -> {
            for (Session session : members.all()) {
                if (!session.identity().equals(Identity.APPLICATION)) {
                    broker.heldBy(session)
                            .forEach(held -> subscriptions
                                    .computeIfAbsent(held.pattern(), pattern -> new HashSet<>())
                                    .add(session.id()));
                }
            }
            return new Deliveries();
        });
        return subscriptions;
    }

    /**
     * What would be published if this session published this now: the topic's handler is asked, as for any publication.
     *
     * @throws WampError what the session would be answered
     */
    public Publication tryOut(Session from, Uri topic, Payload payload) {
        return pubSub.later(from, topic, payload, PublishOptions.of(Dict.EMPTY, from.features()))
                .get();
    }

    /** The users who subscribe to a topic, sorted: each once, however many sessions they have. */
    public Set<String> users(Uri topic) {
        Set<String> users = new TreeSet<>();
        turns.turn(() -> {
            users.addAll(broker.users(topic));
            return new Deliveries();
        });
        return users;
    }

    /** Says GOODBYE to sessions; each is closed with {@code then} when it has answered. */
    public void goodbye(Predicate<Session> which, Uri reason, CloseReason then) {
        turns.turn(() ->
                sendAway(members.all().stream().filter(which).toList(), new Goodbye(Dict.EMPTY, reason), then, closed));
    }

    /** Within a turn: ends sessions that somebody wants to end. */
    private Deliveries kill(List<Session> sessions, Goodbye goodbye, boolean quietly) {
        return sendAway(sessions, goodbye, CloseReason.KILLED, quietly);
    }

    private Deliveries sendAway(List<Session> sessions, Goodbye goodbye, CloseReason then, boolean quietly) {
        Deliveries deliveries = new Deliveries();
        for (Session session : sessions) {
            if (session.shutDown(then)) {
                deliveries
                        .addAll(forget(session, Reasons.of(goodbye.reason()), quietly))
                        .add(session, goodbye);
            }
        }
        return deliveries;
    }

    /**
     * Asks again for the rights that sessions had when they subscribed, registered and left testaments, and takes away what
     * they have none to any more. Runs application code on the caller's thread.
     */
    public void recheck(Predicate<Session> whose) {
        revocations.recheck(whose);
    }

    /** Lets nobody in any more, and says GOODBYE to all. Behind it nothing is published. */
    public void close() {
        turns.turn(() -> {
            closed = true;
            return new Deliveries();
        });
        goodbye(session -> true, CloseUri.SYSTEM_SHUTDOWN, CloseReason.GOING_AWAY);
    }

    private void requireInSequence(Session from, Request request) {
        if (settings.strictRequestIds() && !from.isNext(request.request())) {
            throw new ProtocolViolation(
                    "request ids must count 1, 2, 3 here, and " + request.request() + " is not next");
        }
    }

    private void farewell(Session from) {
        turns.turn(() -> {
            from.close();
            return forget(from, "goodbye").add(from, new Goodbye(Dict.EMPTY, CloseUri.GOODBYE_AND_OUT));
        });
        from.outbox().closeWhenSent(CloseReason.NORMAL);
    }

    /** Other turns may have found the same in the meantime; the session ends, and is told of, once. */
    private void endTooSlow(Session session) {
        if (session.close() instanceof SessionState.Established) {
            LOG.log(
                    WARNING,
                    "CAR-201 session {0} of {1} ended: {2} messages ({3} bytes) unsent, and no room for another."
                            + " It reads too slowly; a larger carillon.outbox.max-messages or max-bytes would bear"
                            + " it longer",
                    session.id(),
                    session.identity().authid(),
                    Integer.toString(session.outbox().messages()),
                    Long.toString(session.outbox().bytes()));
            leave(session, CloseReason.TOO_SLOW.name());
        }
        session.cut(CloseReason.TOO_SLOW);
    }

    private Deliveries forget(Session session, String reason) {
        return forget(session, reason, closed);
    }

    /**
     * Within a turn: removes every trace of the session, and says what others must be told.
     *
     * @param reason under which the end is counted
     * @param quietly whether nobody is left who would want to know of the session itself
     */
    private Deliveries forget(Session session, String reason, boolean quietly) {
        if (!members.remove(session)) {
            return new Deliveries();
        }
        counters.sessionsLeft.increment();
        metrics.ended(reason);
        List<Supplier<Publication>> last = testaments.take(session);
        Deliveries deliveries = broker.leave(session).addAll(dealer.leave(session));
        if (!quietly) {
            deliveries.addAll(SessionMeta.left(broker, session));
            last.forEach(testament -> deliveries.afterwards(() -> later.execute(() -> publish(testament))));
        }
        return deliveries;
    }

    /** A handler that refuses has its reasons, and nobody is there any more to be told. */
    private void publish(Supplier<Publication> testament) {
        try {
            publish(testament.get());
        } catch (WampError refused) {
            LOG.log(DEBUG, "a testament was refused: {0}", refused.uri());
        }
    }

    private SessionId unusedId() {
        SessionId id;
        do {
            id = new SessionId(ids.getAsLong());
        } while (members.contains(id));
        return id;
    }
}
