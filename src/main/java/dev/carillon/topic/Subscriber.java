package dev.carillon.topic;

import dev.carillon.security.Identity;

/** Who asks for a subscription. */
public final class Subscriber {

    private final Identity identity;

    Subscriber(Identity identity) {
        this.identity = identity;
    }

    /** The user's name, as the container knows it. */
    public String name() {
        return identity.authid();
    }

    /** Whether the user has the role; it must be listed in {@code carillon.security.roles}. */
    public boolean isInRole(String role) {
        return identity.isInRole(role);
    }
}
