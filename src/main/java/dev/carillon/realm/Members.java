package dev.carillon.realm;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The established sessions of a realm. Guarded by the realm's turn. */
final class Members {

    private final Map<SessionId, Session> sessions = new LinkedHashMap<>();
    private final Map<SessionId, Instant> since = new HashMap<>();
    private final Map<String, Integer> byUser = new HashMap<>(); // how many sessions each authid has

    void add(Session session, Instant now) {
        sessions.put(session.id(), session);
        since.put(session.id(), now);
        if (isOfAUser(session.identity())) {
            byUser.merge(session.identity().authid(), 1, Integer::sum);
        }
    }

    /** @return false if it was none */
    boolean remove(Session session) {
        since.remove(session.id());
        if (sessions.remove(session.id()) == null) {
            return false;
        }
        if (isOfAUser(session.identity())) {
            byUser.computeIfPresent(session.identity().authid(), (user, many) -> many == 1 ? null : many - 1);
        }
        return true;
    }

    /** How many sessions a user has; none who is nobody, or more than a user. */
    int of(Identity who) {
        return isOfAUser(who) ? byUser.getOrDefault(who.authid(), 0) : 0;
    }

    private static boolean isOfAUser(Identity who) {
        return !who.isVisitor() && !who.isTrusted();
    }

    /** When a member has joined. */
    Instant since(Session member) {
        return since.get(member.id());
    }

    boolean contains(SessionId id) {
        return sessions.containsKey(id);
    }

    /** @throws WampError {@code wamp.error.no_such_session} */
    Session get(long id) {
        Session session = sessions.get(new SessionId(id));
        if (session == null) {
            throw new WampError(ErrorUri.NO_SUCH_SESSION, "there is no session " + id);
        }
        return session;
    }

    /** All of them, as they are now, in the order in which they joined. */
    Collection<Session> all() {
        return List.copyOf(sessions.values());
    }
}
