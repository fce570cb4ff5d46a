package dev.carillon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.support.TestRouter;
import jakarta.websocket.RemoteEndpoint;
import jakarta.websocket.SendHandler;
import jakarta.websocket.SendResult;
import jakarta.websocket.Session;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What time does to connections, on a clock moved by hand. */
class ConnectionsTest {

    private static final TransportSettings SETTINGS = new TransportSettings(
            1024, Duration.ofSeconds(10), Duration.ofSeconds(25), Duration.ofSeconds(60), Duration.ofSeconds(30));

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final Connections connections = new Connections(SETTINGS, ConnectionLimits.NONE, () -> now);
    private final Router router = TestRouter.open().router();

    @Test
    void whoSaysNoHelloInTimeIsClosed() {
        Socket socket = connect();
        after(10);
        assertThat(socket.did).isEmpty();
        after(1);
        assertThat(socket.did).containsExactly("close 1002");
    }

    @Test
    void aPingIsSentAtEachInterval() {
        Socket socket = join();
        after(25);
        assertThat(socket.did).isEmpty();
        after(1);
        assertThat(socket.did).containsExactly("ping");
        socket.connection.heard(now);
        after(25);
        after(1);
        assertThat(socket.did).containsExactly("ping", "ping");
    }

    @Test
    void whoGivesNoSignOfLifeIsClosed() {
        Socket socket = join();
        after(61);
        assertThat(socket.did).containsExactly("close 1001");
    }

    @Test
    void anySignOfLifeCounts() {
        Socket socket = join();
        after(50);
        socket.connection.heard(now);
        after(50);
        assertThat(socket.did).doesNotContain("close 1001");
    }

    @Test
    void whoDoesNotReadWhatWasSentIsClosed() {
        Socket socket = join();
        socket.reading = false;
        publishTo(socket);
        after(30);
        socket.connection.heard(now);
        assertThat(socket.did).doesNotContain("close 1013");
        after(1);
        assertThat(socket.did).endsWith("close 1013");
    }

    @Test
    void whoReadsSlowlyButReadsStays() {
        Socket socket = join();
        socket.reading = false;
        publishTo(socket);
        after(25);
        socket.reads();
        socket.connection.heard(now);
        after(25);
        assertThat(socket.did).doesNotContain("close 1013");
    }

    @Test
    void whoDoesNotAnswerGoodbyeIsClosed() {
        Socket socket = join();
        router.close();
        after(1);
        after(9);
        assertThat(socket.did).isEmpty();
        after(2);
        assertThat(socket.did).containsExactly("close 1000");
    }

    @Test
    void aConnectionIsClosedOnce() {
        Socket socket = connect();
        after(11);
        after(11);
        connections.closeAll(CloseReason.GOING_AWAY);
        assertThat(socket.did).containsExactly("close 1002");
    }

    @Test
    void aConnectionThatEndedIsNotLookedAt() {
        Socket socket = connect();
        connections.remove(socket.connection);
        after(100);
        assertThat(socket.did).isEmpty();
        assertThat(connections.size()).isZero();
    }

    private void after(long seconds) {
        now = now.plusSeconds(seconds);
        connections.tick();
    }

    private Socket connect() {
        Socket socket = new Socket();
        WebSocketTransport transport = new WebSocketTransport(socket.asSession(), () -> now);
        socket.connection =
                new Connection(router.connect(transport, Serializer.ALL.get(0), Handshake.UNKNOWN), transport, now);
        connections.add(socket.connection);
        return socket;
    }

    private Socket join() {
        Socket socket = connect();
        says(socket, "[1,\"realm1\",{\"roles\":{\"subscriber\":{}}}]");
        return socket;
    }

    private void publishTo(Socket socket) {
        says(socket, "[16,1,{\"acknowledge\":true},\"a\"]");
    }

    private void says(Socket socket, String message) {
        router.receive(socket.connection.session(), new Frame.Text(message));
    }

    /** A Jakarta WebSocket that notes what is done to it, sent messages left out. */
    private static final class Socket {
        private final List<String> did = new ArrayList<>();
        private final List<SendHandler> unread = new ArrayList<>();
        private boolean reading = true;
        private Connection connection;

        Session asSession() {
            RemoteEndpoint.Async remote = fake(RemoteEndpoint.Async.class, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "sendText" -> sent((SendHandler) arguments[1]);
                    case "sendPing" -> did.add("ping");
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });
            return fake(Session.class, (proxy, method, arguments) -> {
                switch (method.getName()) {
                    case "getAsyncRemote" -> {
                        return remote;
                    }
                    case "setMaxIdleTimeout" -> {}
                    case "close" -> closed((jakarta.websocket.CloseReason) arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                }
                return null;
            });
        }

        private void closed(jakarta.websocket.CloseReason reason) {
            did.add("close " + reason.getCloseCode().getCode());
        }

        void reads() {
            List<SendHandler> handlers = List.copyOf(unread);
            unread.clear();
            handlers.forEach(handler -> handler.onResult(new SendResult()));
        }

        private void sent(SendHandler handler) {
            unread.add(handler);
            if (reading) {
                reads();
            }
        }

        private static <T> T fake(Class<T> type, InvocationHandler behaviour) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, behaviour));
        }
    }
}
