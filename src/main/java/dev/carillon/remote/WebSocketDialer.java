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
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import jakarta.websocket.WebSocketContainer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Connections over Jakarta WebSocket. */
final class WebSocketDialer implements Dialer {

    /** The router bounds what it sends by its own settings; this bounds what a broken one can do. */
    private static final int MAX_MESSAGE = 64 << 20;

    /** In Tyrus: "Response code was not 101: 404."; in Undertow: "Invalid response code 404". */
    private static final Pattern STATUS = Pattern.compile("(?i)response code (?:was not 101: )?(\\d{3})");

    private static final Set<String> LETS_NOBODY_IN = Set.of("401", "403", "429", "503");

    private final ConnectionSettings settings;
    private final WebSocketContainer container;

    WebSocketDialer(ConnectionSettings settings, WebSocketContainer container) {
        this.settings = settings;
        this.container = container;
    }

    @Override
    public Link dial(Peer peer) throws IOException {
        ClientEndpointConfig.Builder builder = ClientEndpointConfig.Builder.create()
                .preferredSubprotocols(List.of(settings.serializer().subprotocol()));
        boolean isSecure = settings.endpoint().getScheme().equalsIgnoreCase("wss");
        ClientEndpointConfig config = isSecure ? Tls.configured(settings.tls(), builder) : builder.build();
        Socket socket = new Socket(peer, settings.serializer());
        Session webSocket;
        try {
            webSocket = container.connectToServer(socket, config, settings.endpoint());
        } catch (DeploymentException | IOException refused) {
            throw new IOException(inWords(refused), refused);
        }
        if (!settings.serializer().subprotocol().equals(webSocket.getNegotiatedSubprotocol())) {
            socket.giveUp();
            throw new IOException("no WAMP router at " + settings.endpoint() + ": the server did not agree to "
                    + settings.serializer().subprotocol());
        }
        return socket;
    }

    /** Jakarta WebSocket has no way to ask for the status, but implementations name it. */
    private String inWords(Exception refused) {
        String why = why(refused);
        Matcher answered = STATUS.matcher(why);
        if (!answered.find()) {
            return "cannot connect to " + settings.endpoint() + ": " + why;
        }
        String status = answered.group(1);
        return LETS_NOBODY_IN.contains(status)
                ? settings.endpoint() + " does not let us in: HTTP " + status
                : "no WAMP router at " + settings.endpoint() + ": HTTP " + status;
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

        /** A loop and no recursion: an implementation may have sent a message before it returns. */
        private void transmit(@Nullable Frame first) {
            Frame frame = first;
            while (frame != null) {
                AtomicBoolean otherIsDone =
                        new AtomicBoolean(); // of the two: the call has returned, the message is sent
                boolean begun = begin(frame, result -> {
                    if (succeeded(result) && !otherIsDone.compareAndSet(false, true)) {
                        transmit(next());
                    }
                });
                frame = begun && !otherIsDone.compareAndSet(false, true) ? next() : null;
            }
        }

        private boolean begin(Frame frame, SendHandler whenSent) {
            try {
                if (frame instanceof Frame.Text text) {
                    session.getAsyncRemote().sendText(text.text(), whenSent);
                } else if (frame instanceof Frame.Binary binary) {
                    session.getAsyncRemote().sendBinary(ByteBuffer.wrap(binary.bytes()), whenSent);
                }
                return true;
            } catch (RuntimeException gone) {
                end("the connection broke: " + why(gone));
                return false;
            }
        }

        private boolean succeeded(SendResult result) {
            if (!result.isOK()) {
                end("the connection broke: " + why(result.getException()));
            }
            return result.isOK();
        }

        /** @return null if nothing waits */
        private @Nullable Frame next() {
            Frame next;
            boolean wasTheLast;
            synchronized (this) {
                next = waiting.poll();
                sending = next != null;
                wasTheLast = closing && next == null;
            }
            if (wasTheLast) {
                closeNow();
            }
            return next;
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

        @Override
        public void abandon() {
            closeNow();
        }

        /** Nobody is told: the dialer says why itself. */
        void giveUp() {
            ended.set(true);
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
