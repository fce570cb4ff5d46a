package dev.carillon.support;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A WAMP client that needs nothing but the JDK: says and hears JSON over a real WebSocket, and gives up with an
 * {@link AssertionError} where the answer does not come in time. What it hears is compared as text, so it fits a router
 * that sends JSON without white space.
 *
 * <pre>{@code
 * try (WampClient alice = WampClient.connect(server.webSocket("wamp")).joins("carillon", ticket)) {
 *     alice.subscribes("orders/17");
 *     assertThat(alice.hearsEvent()).isEqualTo("[\"shipped\"]");
 *     alice.leaves();
 * }
 * }</pre>
 */
public final class WampClient implements AutoCloseable {

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Pattern EVENT = Pattern.compile("\\[36,\\d+,\\d+,\\{[^{}]*}(?:,(.*))?]", Pattern.DOTALL);

    private final Inbox inbox = new Inbox();
    private final WebSocket socket;
    private long requests;

    private WampClient(URI endpoint, Map<String, String> headers) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().subprotocols("wamp.2.json").connectTimeout(PATIENCE);
        headers.forEach(builder::header);
        socket = builder.buildAsync(endpoint, inbox).join();
    }

    /** Connects as a program does: without an Origin. */
    public static WampClient connect(URI endpoint) {
        return connect(endpoint, Map.of());
    }

    /**
     * Connects with headers of one's own, such as {@code Origin} and {@code Cookie}.
     *
     * @throws java.util.concurrent.CompletionException if the handshake is refused; its cause is a
     *     {@link java.net.http.WebSocketHandshakeException}, which knows the status
     */
    public static WampClient connect(URI endpoint, Map<String, String> headers) {
        return new WampClient(endpoint, headers);
    }

    /** Opens a session where nobody asks who one is. */
    public WampClient joins(String realm) {
        says("[1,'" + realm + "',{'roles':{'subscriber':{},'publisher':{}}}]");
        expect(hears(), "[2,");
        return this;
    }

    /** Opens a session with a ticket. */
    public WampClient joins(String realm, String ticket) {
        says("[1,'" + realm + "',{'roles':{'subscriber':{},'publisher':{}},'authmethods':['ticket']}]");
        expect(hears(), "[4,\"ticket\",");
        says("[5,'" + ticket + "',{}]");
        expect(hears(), "[2,");
        return this;
    }

    public WampClient subscribes(String topic) {
        long request = ++requests;
        says("[32," + request + ",{},'" + topic + "']");
        expect(hears(), "[33," + request + ",");
        return this;
    }

    /** Sends a message; single quotes stand for double ones. */
    public WampClient says(String json) {
        socket.sendText(json.replace('\'', '"'), true).orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        return this;
    }

    /** The next message, which must come in time. */
    public String hears() {
        return inbox.next();
    }

    /** The payload of the next message, which must be an EVENT; empty if it has none. */
    public String hearsEvent() {
        String message = hears();
        Matcher event = EVENT.matcher(message);
        if (!event.matches()) {
            throw new AssertionError("Not an EVENT: " + message);
        }
        return event.group(1) == null ? "" : event.group(1);
    }

    /** Ends the session. The router's answer must be the next message: nothing else was on its way. */
    public void leaves() {
        says("[6,{},'wamp.close.close_realm']");
        expect(hears(), "[6,");
    }

    /** The code with which the other side closes the connection; messages before that are skipped. */
    public int closeCode() {
        return inbox.closeCode();
    }

    /** Drops the connection, if there still is one. */
    @Override
    public void close() {
        socket.abort();
    }

    private static void expect(String message, String start) {
        if (!message.startsWith(start)) {
            throw new AssertionError("Expected " + start + "...], got " + message);
        }
    }

    private static final class Inbox implements WebSocket.Listener {

        private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Integer> closed = new CompletableFuture<>();
        private final StringBuilder parts = new StringBuilder(); // touched by one thread at a time

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            parts.append(part);
            if (last) {
                messages.add(parts.toString());
                parts.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            closed.complete(code);
            messages.add(""); // wakes who waits for a message
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable failure) {
            closed.completeExceptionally(failure);
            messages.add("");
        }

        String next() {
            try {
                String message = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (message == null) {
                    throw new AssertionError("No message within " + PATIENCE.toSeconds() + " s");
                }
                if (message.isEmpty()) {
                    throw new AssertionError("No message: the connection is closed: " + closed);
                }
                return message;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting for a message", e);
            }
        }

        int closeCode() {
            return closed.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        }
    }
}
