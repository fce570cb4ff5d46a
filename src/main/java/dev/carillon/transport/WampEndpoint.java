package dev.carillon.transport;

import static java.lang.System.Logger.Level.DEBUG;

import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import jakarta.inject.Inject;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.OnClose;
import jakarta.websocket.OnError;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.PongMessage;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerEndpoint;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket endpoint: hands the container's calls on to the router. There is one instance for each connection, and
 * the container calls it with one thread at a time (Jakarta WebSocket 2.1, section 5.1).
 */
@ServerEndpoint(
        value = WampEndpoint.PATH,
        subprotocols = {"wamp.2.json", "wamp.2.cbor", "wamp.2.msgpack"
        }, // those of Serializer.ALL, which a test compares
        configurator = HandshakeConfigurator.class)
public class WampEndpoint {

    static final String PATH = "/wamp";

    private static final System.Logger LOG = System.getLogger(WampEndpoint.class.getName());

    @Inject
    private Router router;

    @Inject
    private Connections connections;

    private @Nullable Connection connection; // null before open, and if the subprotocol was refused
    private @Nullable MessageAssembly assembly; // null once a message was too big: the rest of it is ignored

    @OnOpen
    public void open(Session socket, EndpointConfig config) {
        InstantSource clock = connections.clock();
        WebSocketTransport transport = new WebSocketTransport(socket, clock);
        Optional<Serializer> serializer = Serializer.of(socket.getNegotiatedSubprotocol());
        if (serializer.isEmpty()) { // the filter refuses these; a host may have left it out
            transport.close(CloseReason.PROTOCOL_ERROR);
            return;
        }
        Handshake handshake = HandshakeConfigurator.handshake(config);
        Optional<OpenConnections.Excess> excess = connections.count().add(handshake.address());
        if (excess.isPresent()) { // the filter has seen none, but others have come since
            router.metrics().refused(excess.get().reason);
            transport.close(
                    new CloseReason(CloseReason.TRY_LATER.code(), excess.get().sentence, CloseReason.TRY_LATER.name()));
            return;
        }
        assembly = new MessageAssembly(connections.settings().maxMessageSize());
        connection = new Connection(router.connect(transport, serializer.get(), handshake), transport, clock.instant());
        connections.add(connection);
    }

    @OnMessage
    public void text(String part, boolean last) {
        try {
            heard();
            String whole = assembly == null ? null : assembly.add(part, last);
            if (whole != null) {
                router.receive(connection.session(), new Frame.Text(whole));
            }
        } catch (MessageAssembly.TooBig tooBig) {
            refuse();
        }
    }

    @OnMessage
    public void binary(byte[] part, boolean last) {
        try {
            heard();
            byte[] whole = assembly == null ? null : assembly.add(part, last);
            if (whole != null) {
                router.receive(connection.session(), new Frame.Binary(whole));
            }
        } catch (MessageAssembly.TooBig tooBig) {
            refuse();
        }
    }

    @OnMessage
    public void pong(PongMessage pong) {
        heard();
    }

    @OnError
    public void error(Throwable failure) {
        // Broken frames and lost connections; the container closes the socket and says so below.
        LOG.log(DEBUG, "a socket failed", failure);
    }

    @OnClose
    public void close() {
        if (connection != null) {
            connections.count().remove(connection.session().handshake().address());
            connections.remove(connection);
            router.disconnected(connection.session());
        }
    }

    private void heard() {
        if (connection != null) {
            connection.heard(connections.clock().instant());
        }
    }

    private void refuse() {
        assembly = null;
        if (connection != null) {
            connection.session().cut(CloseReason.TOO_BIG);
        }
    }
}
