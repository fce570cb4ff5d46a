package dev.carillon.transport;

import dev.carillon.session.Session;
import dev.carillon.session.SessionState;
import java.time.Instant;

/** A session with its transport, and when what was last heard of it. */
final class Connection {

    private final Session session;
    private final WebSocketTransport transport;

    private volatile Instant heardAt;
    private Instant pingedAt; // this and the next two: touched by Connections.tick only
    private SessionState state;
    private Instant inStateSince;

    Connection(Session session, WebSocketTransport transport, Instant now) {
        this.session = session;
        this.transport = transport;
        this.heardAt = now;
        this.pingedAt = now;
        this.state = session.state();
        this.inStateSince = now;
    }

    Session session() {
        return session;
    }

    WebSocketTransport transport() {
        return transport;
    }

    void heard(Instant now) {
        heardAt = now;
    }

    Instant heardAt() {
        return heardAt;
    }

    Instant pingedAt() {
        return pingedAt;
    }

    void ping(Instant now) {
        pingedAt = now;
        transport.ping();
    }

    /** Since when, to the precision of the ticks, the session has been in the state that it is in. */
    Instant inStateSince(SessionState current, Instant now) {
        if (state != current) {
            state = current;
            inStateSince = now;
        }
        return inStateSince;
    }
}
