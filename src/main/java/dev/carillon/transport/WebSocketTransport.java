package dev.carillon.transport;

import static java.lang.System.Logger.Level.DEBUG;

import dev.carillon.serializer.Frame;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Transport;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A WebSocket as a WAMP transport. Jakarta's {@code Session} is called socket here: a session is WAMP's. */
final class WebSocketTransport implements Transport {

    private static final System.Logger LOG = System.getLogger(WebSocketTransport.class.getName());

    /** How long a peer has to answer the close frame, or to read so far as to see it, before it is cut off. */
    private static final long CLOSE_TIMEOUT_MILLIS = 3000;

    private static final SendHandler WHAT_BECOMES_OF_THE_LAST_COUNTS = result -> {};

    private final Session socket;
    private final RemoteEndpoint.Async remote;
    private final InstantSource clock;
    private final AtomicBoolean closing = new AtomicBoolean();
    private volatile @Nullable Instant sendingSince;

    WebSocketTransport(Session socket, InstantSource clock) {
        this.socket = socket;
        this.remote = socket.getAsyncRemote();
        this.clock = clock;
    }

    @Override
    public void send(List<Frame> frames, Completion whenDone) {
        AtomicBoolean told = new AtomicBoolean();
        Completion once = failure -> {
            if (told.compareAndSet(false, true)) {
                sendingSince = null;
                whenDone.done(failure);
            }
        };
        sendingSince = clock.instant();
        try {
            sendAll(frames, result -> once.done(result.isOK() ? null : result.getException()));
        } catch (IOException | RuntimeException failure) { // the socket is closed already, as a rule
            once.done(failure);
        }
    }

    /** When the batch under way was begun; null if there is none. */
    @Nullable
    Instant sendingSince() {
        return sendingSince;
    }

    void ping() {
        try {
            remote.sendPing(ByteBuffer.allocate(0));
        } catch (IOException | RuntimeException failure) { // its end is being told by the container
            LOG.log(DEBUG, "no ping to a closed socket: {0}", failure.toString());
        }
    }

    @Override
    public void close(CloseReason reason) {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        try {
            socket.setMaxIdleTimeout(CLOSE_TIMEOUT_MILLIS);
            socket.close(new jakarta.websocket.CloseReason(
                    jakarta.websocket.CloseReason.CloseCodes.getCloseCode(reason.code()), reason.text()));
        } catch (IOException | RuntimeException failure) { // closed by the peer in the same moment
            LOG.log(DEBUG, "closing a closed socket: {0}", failure.toString());
        }
    }

    private void sendAll(List<Frame> frames, SendHandler whenLastIsSent) throws IOException {
        int last = frames.size() - 1;
        if (last == 0) {
            send(frames.get(0), whenLastIsSent);
            return;
        }
        // One flush for the batch. Batching is switched off behind it: left on, Undertow would never flush a close
        // frame.
        remote.setBatchingAllowed(true);
        try {
            for (int i = 0; i < last; i++) {
                send(frames.get(i), WHAT_BECOMES_OF_THE_LAST_COUNTS);
            }
            send(frames.get(last), whenLastIsSent);
            remote.flushBatch();
        } finally {
            remote.setBatchingAllowed(false);
        }
    }

    private void send(Frame frame, SendHandler whenSent) {
        if (frame instanceof Frame.Text text) {
            remote.sendText(text.text(), whenSent);
        } else if (frame instanceof Frame.Binary binary) {
            remote.sendBinary(ByteBuffer.wrap(binary.bytes()).asReadOnlyBuffer(), whenSent);
        }
    }
}
