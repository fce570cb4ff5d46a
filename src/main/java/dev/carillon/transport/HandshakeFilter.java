package dev.carillon.transport;

import dev.carillon.router.Router;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.Identity;
import dev.carillon.security.Origins;
import dev.carillon.security.Tickets;
import dev.carillon.serializer.Serializer;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Refuses handshakes before they become sockets. A filter, because that is what every container lets answer with a status
 * of its own: 503 while the server is drained, 400 for what is not a WAMP handshake, 403 for a foreign Origin, 401 for a bad
 * ticket on the URL.
 */
@WebFilter(urlPatterns = WampEndpoint.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final List<String> SUBPROTOCOLS =
            Serializer.ALL.stream().map(Serializer::subprotocol).toList();

    @Inject
    private transient Router router;

    @Inject
    private transient Origins origins;

    @Inject
    private transient HandshakeSettings settings;

    @Inject
    private transient Tickets tickets;

    @Inject
    private transient BackendTickets backendTickets;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!router.isAdmitting()) {
            response.setHeader("Retry-After", "5");
            response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "The server is about to stop");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "This is a WebSocket endpoint");
        } else if (offered(request).stream().noneMatch(SUBPROTOCOLS::contains)) {
            response.sendError(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Offer one of the subprotocols " + String.join(", ", SUBPROTOCOLS));
        } else if (!origins.allow(request.getHeader("Origin"), request.getHeader("Host"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "The Origin is not allowed");
        } else if (settings.ticketInUrl() && request.getParameter("ticket") != null) {
            Optional<Identity> user = redeem(request);
            if (user.isPresent()) {
                chain.doFilter(new AsUser(request, new TicketPrincipal(user.get())), response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "The ticket is not valid");
            }
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<Identity> redeem(HttpServletRequest request) {
        String ticket = request.getParameter("ticket");
        HttpSession httpSession = request.getSession(false);
        return tickets.redeem(ticket, httpSession == null ? null : httpSession.getId(), request.getHeader("Origin"))
                .or(() -> backendTickets.redeem(ticket, null));
    }

    private static List<String> offered(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Sec-WebSocket-Protocol")).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::strip)
                .toList();
    }

    private static final class AsUser extends HttpServletRequestWrapper {
        private final Principal user;

        AsUser(HttpServletRequest request, Principal user) {
            super(request);
            this.user = user;
        }

        @Override
        public Principal getUserPrincipal() {
            return user;
        }
    }
}
