package dev.carillon.local;

import dev.carillon.client.ClientSession;
import dev.carillon.client.Connection;
import dev.carillon.client.SessionClosed;
import dev.carillon.protocol.Message;
import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Both ends of a connection in memory. What the router sends comes as JSON, as over a socket.
 *
 * <p>What the router sends is received by the thread that the router sends it with, which is some session's; the engine
 * hands on to the application's threads whatever may take time.
 */
final class LocalTransport implements Transport, Connection {

    private final Router router;
    private final Serializer serializer = Serializer.of("wamp.2.json").orElseThrow();
    private final Session session;
    private final AtomicBoolean closed = new AtomicBoolean();
    private ClientSession engine; // set once, before anything is sent

    @SuppressWarnings({"this-escape", "NullAway"}) // the router keeps the transport, and uses it when HELLO has come
    LocalTransport(Router router) {
        this.router = router;
        this.session = router.connect(this, serializer, Handshake.APPLICATION);
    }

    void attach(ClientSession engine) {
        this.engine = engine;
    }

    @Override
    public void send(Message message) {
        if (closed.get()) {
            throw new SessionClosed("the session in process has ended");
        }
        router.receive(session, message);
    }

    @Override
    public void close() {
        close(CloseReason.NORMAL);
    }

    @Override
    public void send(List<Frame> frames, Completion whenDone) {
        try {
            for (Frame frame : frames) {
                engine.receive(serializer.decode(frame));
            }
        } catch (RuntimeException failure) { // of the engine; the thread is another session's, which must not suffer
            whenDone.done(failure);
            return;
        }
        whenDone.done(null);
    }

    @Override
    public void close(CloseReason reason) {
        if (closed.compareAndSet(false, true)) {
            router.disconnected(session);
            engine.disconnected();
        }
    }
}
