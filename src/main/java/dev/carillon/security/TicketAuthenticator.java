package dev.carillon.security;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Hello;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code ticket} method, for the tickets of pages and of back-ends. Advanced Profile, "Ticket-based Authentication".
 *
 * <p>A wrong, used, expired or foreign ticket gets one and the same answer: it must not tell which of these it is.
 */
public final class TicketAuthenticator implements Authenticator {

    private static final String METHOD = "ticket";

    private final Tickets tickets;
    private final BackendTickets backendTickets;
    private final boolean visitors;

    /** @param visitors whether peers may join without a ticket, by the method {@code anonymous} */
    public TicketAuthenticator(Tickets tickets, BackendTickets backendTickets, boolean visitors) {
        this.tickets = tickets;
        this.backendTickets = backendTickets;
        this.visitors = visitors;
    }

    @Override
    public Outcome authenticate(Hello hello, Handshake handshake) {
        if (handshake.admitted() != null) {
            return admitted(handshake.admitted(), handshake);
        }
        List<String> offered = hello.details().strings("authmethods").orElse(List.of());
        if (!offered.contains(METHOD)) {
            return visitors
                    ? Authenticator.anybody(hello, handshake)
                    : new Refused(
                            ErrorUri.NO_MATCHING_AUTH_METHOD,
                            "log in, fetch a ticket and offer the authmethod 'ticket'");
        }
        String authid = hello.details().string("authid").orElse(null);
        return new Challenged(
                METHOD,
                Dict.EMPTY,
                answer -> redeem(answer.signature(), authid, handshake)
                        .<Outcome>map(identity -> admitted(identity, handshake))
                        .orElse(new Refused(ErrorUri.AUTHENTICATION_DENIED, "the ticket is not valid")));
    }

    private Admitted admitted(Identity identity, Handshake handshake) {
        return new Admitted(identity, () -> !tickets.isRevoked(handshake.httpSession()));
    }

    private Optional<Identity> redeem(String ticket, @Nullable String authid, Handshake handshake) {
        return tickets.redeem(ticket, handshake.httpSession(), handshake.origin())
                .filter(identity -> authid == null || authid.equals(identity.authid()))
                .or(() -> backendTickets.redeem(ticket, authid));
    }
}
