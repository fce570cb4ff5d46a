package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.dealer.Registrations;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code carillon.session.list} and {@code get}: what the meta API does not say of sessions, and all at once. The
 * application's own are left out there, and so they are here.
 */
final class SessionList {

    /** In one answer, which must have room in the caller's outbox. */
    static final int MOST = 1000;

    private final Members members;
    private final Broker broker;
    private final Registrations registrations;

    private SessionList(Members members, Broker broker, Registrations registrations) {
        this.members = members;
        this.broker = broker;
        this.registrations = registrations;
    }

    static void addTo(MetaApi api, Members members, Broker broker, Registrations registrations) {
        SessionList list = new SessionList(members, broker, registrations);
        api.add("carillon.session.list", list::list);
        api.add("carillon.session.get", list::get);
    }

    /** {@code limit}, a keyword argument: how many at most. Result: who has come last comes first. */
    private Supplier<Answer> list(Session caller, MetaArguments arguments) {
        int limit = arguments.limit(MOST);
        return () -> {
            List<Session> sessions = new ArrayList<>(members.all());
            Collections.reverse(sessions);
            return Answer.of(sessions.stream()
                    .filter(session -> !isApplication(session))
                    .limit(limit)
                    .map(this::details)
                    .toList());
        };
    }

    private Supplier<Answer> get(Session caller, MetaArguments arguments) {
        long id = arguments.id(0, "session");
        return () -> {
            Session session = members.get(id);
            if (isApplication(session)) {
                throw new WampError(ErrorUri.NO_SUCH_SESSION, "session " + id + " is the application's own");
            }
            Map<String, Object> details = details(session);
            details.put(
                    "subscriptions",
                    broker.heldBy(session).stream()
                            .map(held -> Map.of(
                                    "topic",
                                    held.pattern().uri().value(),
                                    "match",
                                    held.pattern().policy().wireName()))
                            .toList());
            return Answer.of(details);
        };
    }

    private Map<String, Object> details(Session session) {
        Identity who = session.identity();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("session", session.id().value());
        details.put("authid", who.authid());
        details.put("authrole", who.authrole());
        details.put("authmethod", who.authmethod());
        details.put("protocol", session.serializer().subprotocol());
        details.put("address", session.handshake().address());
        details.put(
                "since", members.since(session).truncatedTo(ChronoUnit.MILLIS).toString());
        details.put("subscriptions", broker.heldBy(session).size());
        details.put("registrations", registrations.of(session).size());
        details.put("queued_messages", session.outbox().messages());
        details.put("queued_bytes", session.outbox().bytes());
        return details;
    }

    private static boolean isApplication(Session session) {
        return session.identity().equals(Identity.APPLICATION);
    }
}
