package dev.carillon.transport;

import static java.lang.System.Logger.Level.DEBUG;

import dev.carillon.metrics.Reasons;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.router.Router;
import dev.carillon.security.AllowedOrigins;
import dev.carillon.security.BackendTickets;
import dev.carillon.security.Identity;
import dev.carillon.security.Tickets;
import dev.carillon.serializer.Serializer;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Refuses handshakes before they become sockets. A filter, because that is what every container lets answer with a status
 * of its own: 400 for what is not a WAMP handshake, 403 for a foreign Origin, 401 for a bad ticket on the URL, 503 and 429
 * for one too many, 503 also while the server is drained.
 */
@WebFilter(urlPatterns = WampEndpoint.PATH, asyncSupported = true)
public class HandshakeFilter extends HttpFilter {
    private static final long serialVersionUID = 1L;

    private static final System.Logger LOG = System.getLogger(HandshakeFilter.class.getName());

    private static final List<String> SUBPROTOCOLS =
            Serializer.ALL.stream().map(Serializer::subprotocol).toList();

    /** Long enough that a refused peer costs little; peers that share the wait add some chance to it. */
    private static final int RETRY_AFTER_SECONDS = 10;

    private static final int TOO_MANY_REQUESTS = 429;

    @Inject
    private transient Router router;

    @Inject
    private transient Connections connections;

    @Inject
    private transient AllowedOrigins origins;

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
            refuse(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    Reasons.of(CloseUri.SYSTEM_SHUTDOWN),
                    "the server is about to stop");
        } else if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST, "This is a WebSocket endpoint");
        } else if (offered(request).stream().noneMatch(SUBPROTOCOLS::contains)) {
            response.sendError(
                    HttpServletResponse.SC_BAD_REQUEST,
                    "Offer one of the subprotocols " + String.join(", ", SUBPROTOCOLS));
        } else if (!origins.allow(request.getHeader("Origin"), request.getHeader("Host"))) {
            router.metrics().refused("origin");
            response.sendError(HttpServletResponse.SC_FORBIDDEN, "The Origin is not allowed");
        } else if (isRefused(request, response)) {
            LOG.log(DEBUG, "a handshake was refused: {0}", response.getStatus());
        } else if (settings.ticketInUrl() && request.getParameter("ticket") != null) {
            Optional<Identity> user = redeem(request);
            if (user.isPresent()) {
                chain.doFilter(new SeenRequest(request, new TicketPrincipal(user.get())), response);
            } else {
                response.sendError(HttpServletResponse.SC_UNAUTHORIZED, "The ticket is not valid");
            }
        } else {
            chain.doFilter(new SeenRequest(request, null), response);
        }
    }

    /**
     * Before a ticket is looked at, which is good for one use only.
     *
     * @return true if there is no room, and that was answered
     */
    private boolean isRefused(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<OpenConnections.Excess> excess = connections.count().excess(request.getRemoteAddr());
        if (excess.isPresent()) {
            int status = excess.get() == OpenConnections.Excess.ADDRESS
                    ? TOO_MANY_REQUESTS
                    : HttpServletResponse.SC_SERVICE_UNAVAILABLE;
            refuse(response, status, excess.get().reason, excess.get().sentence);
            return true;
        }
        if (router.joins().isExhausted()) {
            refuse(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    Reasons.of(ErrorUri.TOO_MANY_JOINS),
                    "too many sessions are being opened in this moment; try again in some seconds");
            return true;
        }
        return false;
    }

    /** As plain text: there is nobody to read a page of the server's, and its size matters now. */
    private void refuse(HttpServletResponse response, int status, String reason, String sentence) throws IOException {
        router.metrics().refused(reason);
        response.setStatus(status);
        response.setIntHeader("Retry-After", RETRY_AFTER_SECONDS);
        response.setContentType("text/plain;charset=UTF-8");
        response.getWriter().println(sentence);
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
}
