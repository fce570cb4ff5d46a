package dev.carillon.remote;

import dev.carillon.client.SessionClosed;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.PongMessage;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Connections over Jakarta WebSocket. */
final class WebSocketDialer implements Dialer {

    /** The router bounds what it sends by its own settings; this bounds what a broken one can do. */
    private static final int MAX_MESSAGE = 64 << 20;

    private final ConnectionSettings settings;
    private final WebSocketContainer container;

    WebSocketDialer(ConnectionSettings settings, WebSocketContainer container) {
        this.settings = settings;
        this.container = container;
    }

    @Override
    public Link dial(Peer peer) throws IOException {
        ClientEndpointConfig config = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(settings.serializer().subprotocol()))
                .build();
        if (settings.endpoint().getScheme().equalsIgnoreCase("wss")) {
            Tls.configure(settings.tls(), config.getUserProperties());
        }
        Socket socket = new Socket(peer, settings.serializer());
        Session webSocket;
        try {
            webSocket = container.connectToServer(socket, config, settings.endpoint());
        } catch (DeploymentException | IOException refused) {
            throw new IOException("cannot connect to " + settings.endpoint() + ": " + why(refused), refused);
        }
        if (!webSocket.getNegotiatedSubprotocol().equals(settings.serializer().subprotocol())) {
            socket.close();
            throw new IOException("no WAMP router at " + settings.endpoint() + ": the server did not agree to "
                    + settings.serializer().subprotocol());
        }
        return socket;
    }

    /** The innermost message: what wraps it says less. */
    private static String why(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        String said = cause.getMessage();
        return said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
    }

    /** One message is on its way at a time: not every implementation allows more. */
    private static final class Socket extends Endpoint implements Link {

        private final Peer peer;
        private final Serializer serializer;
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Queue<Frame> waiting = new ArrayDeque<>(); // guarded by this, as the next two
        private boolean sending;
        private boolean closing;
        private volatile @Nullable Session session; // null before it is open

        Socket(Peer peer, Serializer serializer) {
            this.peer = peer;
            this.serializer = serializer;
        }

        @Override
        public void onOpen(Session opened, EndpointConfig config) {
            session = opened;
            opened.setMaxTextMessageBufferSize(MAX_MESSAGE);
            opened.setMaxBinaryMessageBufferSize(MAX_MESSAGE);
            opened.addMessageHandler(String.class, text -> received(new Frame.Text(text)));
            opened.addMessageHandler(byte[].class, bytes -> received(new Frame.Binary(bytes)));
            opened.addMessageHandler(PongMessage.class, (MessageHandler.Whole<PongMessage>) pong -> peer.alive());
        }

        private void received(Frame frame) {
            Message message;
            try {
                message = serializer.decode(frame);
            } catch (ProtocolViolation violation) {
                end("the router broke the protocol: " + violation.sentence());
                close();
                return;
            }
            peer.received(message);
        }

        @Override
        public void onClose(Session closed, CloseReason reason) {
            String said = reason.getReasonPhrase();
            end("the connection was closed (" + reason.getCloseCode().getCode()
                    + (said == null || said.isEmpty() ? ")" : ", " + said + ")"));
        }

        @Override
        public void onError(Session broken, Throwable failure) {
            end("the connection broke: " + why(failure));
            close();
        }

        private void end(String why) {
            if (ended.compareAndSet(false, true)) {
                peer.disconnected(why);
            }
        }

        @Override
        public void send(Message message) {
            if (ended.get()) {
                throw new SessionClosed("the connection has ended");
            }
            Frame frame = serializer.encode(message);
            synchronized (this) {
                if (sending) {
                    waiting.add(frame);
                    return;
                }
                sending = true;
            }
            transmit(frame);
        }

        private void transmit(Frame frame) {
            try {
                if (frame instanceof Frame.Text text) {
                    session.getAsyncRemote().sendText(text.text(), this::sent);
                } else if (frame instanceof Frame.Binary binary) {
                    session.getAsyncRemote().sendBinary(ByteBuffer.wrap(binary.bytes()), this::sent);
                }
            } catch (RuntimeException gone) {
                end("the connection broke: " + why(gone));
            }
        }

        private void sent(SendResult result) {
            if (!result.isOK()) {
                end("the connection broke: " + why(result.getException()));
                return;
            }
            Frame next;
            boolean wasTheLast;
            synchronized (this) {
                next = waiting.poll();
                sending = next != null;
                wasTheLast = closing && next == null;
            }
            if (next != null) {
                transmit(next);
            } else if (wasTheLast) {
                closeNow();
            }
        }

        @Override
        public void ping() {
            try {
                session.getAsyncRemote().sendPing(ByteBuffer.allocate(0));
            } catch (IOException | RuntimeException gone) {
                end("the connection broke: " + why(gone));
            }
        }

        /** What was sent before, such as GOODBYE, leaves first. */
        @Override
        public void close() {
            synchronized (this) {
                closing = true;
                if (sending && !ended.get()) {
                    return;
                }
            }
            closeNow();
        }

        private void closeNow() {
            Session open = session;
            try {
                if (open != null && open.isOpen()) {
                    open.close();
                }
            } catch (IOException | RuntimeException already) {
                end("the connection broke: " + why(already));
            }
        }
    }
}
