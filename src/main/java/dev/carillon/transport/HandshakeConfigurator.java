package dev.carillon.transport;

import dev.carillon.security.Handshake;
import jakarta.servlet.http.HttpSession;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.HandshakeResponse;
import jakarta.websocket.server.HandshakeRequest;
import jakarta.websocket.server.ServerEndpointConfig;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Notes what the endpoint needs to know of the HTTP request that became its socket. {@link HandshakeFilter} refuses. */
public class HandshakeConfigurator extends ServerEndpointConfig.Configurator {

    private static final String KEY = Handshake.class.getName();

    @Override
    public void modifyHandshake(ServerEndpointConfig config, HandshakeRequest request, HandshakeResponse response) {
        HttpSession httpSession = (HttpSession) request.getHttpSession();
        config.getUserProperties()
                .put(
                        KEY,
                        new Handshake(
                                httpSession == null ? null : httpSession.getId(),
                                first(request.getHeaders(), "Origin"),
                                request.getUserPrincipal() instanceof TicketPrincipal ticket ? ticket.identity() : null,
                                first(request.getHeaders(), SeenRequest.ADDRESS)));
    }

    static Handshake handshake(EndpointConfig config) {
        return (Handshake) config.getUserProperties().getOrDefault(KEY, Handshake.UNKNOWN);
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        return headers.entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .flatMap(header -> header.getValue().stream())
                .findFirst()
                .orElse(null);
    }
}
