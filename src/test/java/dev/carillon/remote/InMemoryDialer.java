package dev.carillon.remote;

import dev.carillon.client.SessionClosed;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Subscribed;
import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Connects a client with a router in the same thread, over a network that fails when told to. */
final class InMemoryDialer implements Dialer {

    private final Router router;
    private boolean down;
    private final List<Wire> wires = new ArrayList<>();
    int dialled;
    int pings;
    boolean answersPings = true;
    boolean breaksBehindSubscribed;

    InMemoryDialer(Router router) {
        this.router = router;
    }

    @Override
    public Link dial(Peer peer) throws IOException {
        dialled++;
        if (down) {
            throw new IOException("cannot connect to the router: Connection refused");
        }
        wires.add(new Wire(peer));
        return last();
    }

    /** Connections break, and none comes about. */
    void goesDown() {
        down = true;
        breaks();
    }

    void comesUp() {
        down = false;
    }

    /** The connection breaks; another one may come about. */
    void breaks() {
        last().breakDown();
    }

    /** Nothing passes any more, and nobody is told. */
    void fallsSilent() {
        last().silent = true;
    }

    /** The router learns at last that a silent connection was dead. */
    void theRouterGivesUpTheFirst() {
        router.disconnected(wires.get(0).session);
    }

    private Wire last() {
        return wires.get(wires.size() - 1);
    }

    private final class Wire implements Link, Transport {
        private final Peer peer;
        private final Serializer serializer = Serializer.of("wamp.2.json").orElseThrow();
        private final Session session;
        private boolean broken;
        private boolean silent;
        private boolean lost; // what is on its way to the client

        Wire(Peer peer) {
            this.peer = peer;
            this.session = router.connect(this, serializer, Handshake.UNKNOWN);
        }

        @Override
        public void send(Message message) {
            if (broken) {
                throw new SessionClosed("the connection has ended");
            }
            if (!silent) {
                router.receive(session, serializer.encode(message));
            }
        }

        @Override
        public void send(List<Frame> frames, Completion whenDone) {
            if (!broken && !silent) {
                frames.forEach(this::deliver);
            }
            whenDone.done(null);
        }

        private void deliver(Frame frame) {
            if (lost) {
                return;
            }
            Message message = serializer.decode(frame);
            peer.received(message);
            if (breaksBehindSubscribed && message instanceof Subscribed) {
                breaksBehindSubscribed = false;
                lost = true;
                breakDown();
            }
        }

        @Override
        public void abandon() {
            close();
        }

        @Override
        public void ping() {
            pings++;
            if (answersPings && !silent) {
                peer.alive();
            }
        }

        @Override
        public void close() {
            close(CloseReason.NORMAL);
        }

        @Override
        public void close(CloseReason reason) {
            if (silent) {
                broken = true; // and the router does not hear of it
            } else if (!broken) {
                broken = true;
                router.disconnected(session);
                peer.disconnected("the connection was closed (" + reason.code() + ")");
            }
        }

        private void breakDown() {
            close(CloseReason.LOST);
        }
    }
}
