package dev.carillon.realm;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.WampError;
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

    void add(Session session, Instant now) {
        sessions.put(session.id(), session);
        since.put(session.id(), now);
    }

    /** @return false if it was none */
    boolean remove(Session session) {
        since.remove(session.id());
        return sessions.remove(session.id()) != null;
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
