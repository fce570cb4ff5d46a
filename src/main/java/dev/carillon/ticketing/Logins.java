package dev.carillon.ticketing;

import dev.carillon.protocol.CloseUri;
import dev.carillon.router.Router;
import dev.carillon.security.Identity;
import dev.carillon.security.Tickets;
import dev.carillon.session.CloseReason;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which HTTP sessions have WAMP sessions, or tickets that may become some, and whose they are. Safe for use by many
 * threads.
 */
public final class Logins {

    private static final String ROLE_OF_A_USER_WITHOUT_ROLES = "user";

    private final Router router;
    private final Tickets tickets;
    private final List<String> roles;
    private final Map<String, String> users = new ConcurrentHashMap<>(); // HTTP session id to user name

    /**
     * @param roles the roles that the container is asked about, as it cannot list them; the first that a user has becomes
     *     the authrole
     */
    public Logins(Router router, Tickets tickets, List<String> roles) {
        this.router = router;
        this.tickets = tickets;
        this.roles = List.copyOf(roles);
    }

    /** A ticket for the request's user, who must be logged in. */
    String issueTicket(HttpServletRequest request) {
        String httpSession = request.getSession().getId();
        Identity identity = identity(request);
        users.put(httpSession, identity.authid());
        return tickets.issue(identity, httpSession, request.getHeader("Origin"));
    }

    /** Ends what belongs to an HTTP session whose user is no longer the one that fetched its tickets. */
    void check(String httpSession, @Nullable String user) {
        String known = users.get(httpSession);
        if (known != null && !known.equals(user)) {
            ended(httpSession);
        }
    }

    /** Ends what belongs to an HTTP session that has ended, or whose user has logged out. */
    void ended(String httpSession) {
        if (users.remove(httpSession) != null) {
            tickets.revoke(httpSession);
            router.goodbye(
                    session -> httpSession.equals(session.handshake().httpSession()),
                    CloseUri.LOGGED_OUT,
                    CloseReason.POLICY_VIOLATION);
        }
    }

    private Identity identity(HttpServletRequest request) {
        Set<String> held = new HashSet<>();
        String authrole = ROLE_OF_A_USER_WITHOUT_ROLES;
        for (String role : roles) {
            if (request.isUserInRole(role)) {
                authrole = held.isEmpty() ? role : authrole;
                held.add(role);
            }
        }
        return new Identity(request.getUserPrincipal().getName(), authrole, held, "ticket", "container");
    }
}
