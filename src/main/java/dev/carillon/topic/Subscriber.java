package dev.carillon.topic;

import dev.carillon.protocol.SessionId;
import dev.carillon.security.Identity;

/** Who asks for a subscription, or had one. */
public final class Subscriber {

    private final Identity identity;
    private final SessionId session;

    Subscriber(Identity identity, SessionId session) {
        this.identity = identity;
        this.session = session;
    }

    /** The user's name, as the container knows it; {@code anonymous} for a visitor. */
    public String name() {
        return identity.authid();
    }

    /** Whether the user has the role; it must be listed in {@code carillon.security.roles}. */
    public boolean isInRole(String role) {
        return identity.isInRole(role);
    }

    /** Whether nobody is logged in; only topics that are declared for visitors see one. */
    public boolean isVisitor() {
        return identity.isVisitor();
    }

    /** The id of the WAMP session; a user may have several at a time, one for each page. */
    public long session() {
        return session.value();
    }
}
