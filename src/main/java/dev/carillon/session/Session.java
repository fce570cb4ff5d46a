package dev.carillon.session;

import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.SessionId;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.SessionState.Challenging;
import dev.carillon.session.SessionState.Closed;
import dev.carillon.session.SessionState.Established;
import dev.carillon.session.SessionState.Establishing;
import dev.carillon.session.SessionState.ShuttingDown;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A peer's conversation with the router over one transport. It keeps the state and the outbox; what messages mean is
 * decided above: by the router until the session is established, by the realm after that.
 */
public final class Session {

    private final Serializer serializer;
    private final Handshake handshake;
    private final Outbox outbox;

    private volatile SessionState state = new Establishing(); // changed under this monitor
    private volatile @Nullable SessionId id; // set once, with the identity, when established
    private volatile @Nullable Identity identity;
    private volatile Features features = Features.NONE; // set with these two
    // This and the next: touched by the thread that the peer's messages come on, one at a time.
    private long lastRequest;
    private @Nullable RateLimit publishRate; // null before the first PUBLISH

    public Session(Transport transport, Serializer serializer, Handshake handshake, OutboxLimits limits) {
        this.serializer = serializer;
        this.handshake = handshake;
        this.outbox = new Outbox(transport, serializer, limits);
    }

    public SessionState state() {
        return state;
    }

    public Serializer serializer() {
        return serializer;
    }

    public Handshake handshake() {
        return handshake;
    }

    public Outbox outbox() {
        return outbox;
    }

    /** @throws IllegalStateException if the session was never established */
    public SessionId id() {
        SessionId known = id;
        if (known == null) {
            throw new IllegalStateException("The session has no id yet: it is " + state);
        }
        return known;
    }

    /** @throws IllegalStateException if the session was never established */
    public Identity identity() {
        Identity known = identity;
        if (known == null) {
            throw new IllegalStateException("The session has no identity yet: it is " + state);
        }
        return known;
    }

    /** What the peer has announced. */
    public Features features() {
        return features;
    }

    /** Whether this id follows the one that was asked about before; the first is 1. Basic Profile, "IDs". */
    public boolean isNext(RequestId request) {
        return request.value() == ++lastRequest;
    }

    /** Whether the peer may publish now, if it may so many times a second. */
    public boolean mayPublishNow(int perSecond, Instant now) {
        if (publishRate == null) {
            publishRate = new RateLimit(perSecond, now);
        }
        return publishRate.tryTake(now);
    }

    /** @return false if the session has ended meanwhile */
    public synchronized boolean challenge(Hello hello, Function<Authenticate, Authenticator.Outcome> answer) {
        if (state instanceof Closed) {
            return false;
        }
        expect(state instanceof Establishing, "challenged");
        state = new Challenging(hello, answer);
        return true;
    }

    /** @return false if the session has ended meanwhile */
    public synchronized boolean establish(
            SessionId newId, Identity newIdentity, Features newFeatures, Receiver receiver) {
        if (state instanceof Closed) {
            return false;
        }
        expect(state instanceof Establishing || state instanceof Challenging, "established");
        id = newId;
        identity = newIdentity;
        features = newFeatures;
        state = new Established(receiver);
        return true;
    }

    /** @return false if it was not established, so that there is nothing to shut down */
    public synchronized boolean shutDown(CloseReason then) {
        if (!(state instanceof Established)) {
            return false;
        }
        state = new ShuttingDown(then);
        return true;
    }

    /** @return the state before */
    public synchronized SessionState close() {
        SessionState before = state;
        state = new Closed();
        return before;
    }

    /** Sends a message that no realm has to do with. */
    public void send(Message message) {
        if (outbox.append(new Outbound(message)) == Outbox.Fate.NO_ROOM) {
            cut(CloseReason.TOO_SLOW);
        } else {
            outbox.flush();
        }
    }

    /** Sends a last message and closes the connection when it has left. */
    public void sendLast(Message message, CloseReason reason) {
        send(message);
        outbox.closeWhenSent(reason);
    }

    /** Closes the connection at once; what waits is forgotten. */
    public void cut(CloseReason reason) {
        outbox.closeNow(reason);
    }

    private void expect(boolean legal, String change) {
        if (!legal) {
            throw new IllegalStateException("A session cannot be " + change + " while it is " + state);
        }
    }
}
