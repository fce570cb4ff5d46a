package dev.carillon.realm;

import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.MetaEvents;
import dev.carillon.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Advanced Profile, "Session Meta API". It is about peers: the application's own sessions in its process come and go with
 * the router, are not counted, and are not for others to end.
 */
final class SessionMeta {

    private static final Uri ON_JOIN = new Uri("wamp.session.on_join");
    private static final Uri ON_LEAVE = new Uri("wamp.session.on_leave");

    private final Members members;
    private final Killing killing;

    /** Ends sessions within the turn; returns what they and others are told. */
    @FunctionalInterface
    interface Killing {
        Deliveries kill(List<Session> sessions, Goodbye goodbye, boolean quietly);
    }

    private SessionMeta(Members members, Killing killing) {
        this.members = members;
        this.killing = killing;
    }

    static void addTo(MetaApi api, Members members, Killing killing) {
        SessionMeta meta = new SessionMeta(members, killing);
        api.add("wamp.session.count", (caller, arguments) -> {
            Predicate<Session> which = ofRoles(arguments);
            return () -> Answer.of(meta.select(which).size());
        });
        api.add("wamp.session.list", (caller, arguments) -> {
            Predicate<Session> which = ofRoles(arguments);
            return () -> Answer.of(ids(meta.select(which)));
        });
        api.add("wamp.session.get", (caller, arguments) -> {
            long id = arguments.id(0, "session");
            return () -> Answer.of(details(meta.members.get(id)));
        });
        api.add("wamp.session.kill", meta::kill);
        api.add("wamp.session.kill_by_authid", meta::killByAuthid);
        api.add("wamp.session.kill_by_authrole", meta::killByAuthrole);
        api.add("wamp.session.kill_all", meta::killAll);
    }

    /** What subscribers are told of a session that has joined. */
    static Deliveries joined(MetaEvents events, Session session) {
        return isApplication(session) ? new Deliveries() : events.publish(ON_JOIN, () -> List.of(details(session)));
    }

    /** What subscribers are told of a session that has left. */
    static Deliveries left(MetaEvents events, Session session) {
        Identity who = session.identity();
        return isApplication(session)
                ? new Deliveries()
                : events.publish(ON_LEAVE, () -> List.of(session.id().value(), who.authid(), who.authrole()));
    }

    /** What {@code on_join} and {@code get} say of a session. */
    private static Map<String, Object> details(Session session) {
        Identity who = session.identity();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("session", session.id().value());
        details.put("authid", who.authid());
        details.put("authrole", who.authrole());
        details.put("authmethod", who.authmethod());
        details.put("authprovider", who.authprovider());
        details.put("transport", Map.of("protocol", session.serializer().subprotocol()));
        return details;
    }

    private Supplier<Answer> kill(Session caller, MetaArguments arguments) {
        long id = arguments.id(0, "session");
        Goodbye goodbye = goodbye(arguments);
        return () -> {
            Session victim = members.get(id);
            if (victim == caller || isApplication(victim)) {
                throw new WampError(ErrorUri.NO_SUCH_SESSION, "there is no other session " + id);
            }
            return new Answer(Answer.none().payload(), killing.kill(List.of(victim), goodbye, false));
        };
    }

    private Supplier<Answer> killByAuthid(Session caller, MetaArguments arguments) {
        String authid = arguments.string(0, "authid");
        Goodbye goodbye = goodbye(arguments);
        return () -> {
            List<Session> victims =
                    others(caller, session -> session.identity().authid().equals(authid));
            return new Answer(Answer.of(ids(victims)).payload(), killing.kill(victims, goodbye, false));
        };
    }

    private Supplier<Answer> killByAuthrole(Session caller, MetaArguments arguments) {
        String authrole = arguments.string(0, "authrole");
        Goodbye goodbye = goodbye(arguments);
        return () -> {
            List<Session> victims =
                    others(caller, session -> session.identity().authrole().equals(authrole));
            return new Answer(Answer.of(victims.size()).payload(), killing.kill(victims, goodbye, false));
        };
    }

    private Supplier<Answer> killAll(Session caller, MetaArguments arguments) {
        Goodbye goodbye = goodbye(arguments);
        return () -> {
            List<Session> victims = others(caller, session -> true);
            return new Answer(Answer.of(victims.size()).payload(), killing.kill(victims, goodbye, true));
        };
    }

    private static Goodbye goodbye(MetaArguments arguments) {
        Uri reason = arguments.reason(CloseUri.KILLED);
        Optional<String> message = arguments.keyword().string("message");
        return new Goodbye(message.map(text -> Dict.of("message", text)).orElse(Dict.EMPTY), reason);
    }

    private List<Session> others(Session caller, Predicate<Session> which) {
        return select(which.and(session -> session != caller));
    }

    private List<Session> select(Predicate<Session> which) {
        return members.all().stream()
                .filter(session -> !session.identity().equals(Identity.APPLICATION))
                .filter(which)
                .toList();
    }

    private static boolean isApplication(Session session) {
        return session.identity().equals(Identity.APPLICATION);
    }

    private static Predicate<Session> ofRoles(MetaArguments arguments) {
        Optional<Set<String>> roles = arguments.strings(0, "filter_authroles");
        return session ->
                roles.isEmpty() || roles.get().contains(session.identity().authrole());
    }

    private static List<Long> ids(List<Session> sessions) {
        return sessions.stream().map(session -> session.id().value()).toList();
    }
}
