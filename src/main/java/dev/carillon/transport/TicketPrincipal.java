package dev.carillon.transport;

import dev.carillon.security.Identity;
import java.security.Principal;

/** The user of a handshake whose URL carried a ticket. */
record TicketPrincipal(Identity identity) implements Principal {

    @Override
    public String getName() {
        return identity.authid();
    }
}
