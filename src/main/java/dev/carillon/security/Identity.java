package dev.carillon.security;

import java.util.Set;

/**
 * Who a session acts for, fixed when it is established. Advanced Profile, "Authentication".
 *
 * @param authid the user's name
 * @param authrole the one role that WAMP peers are told
 * @param roles all roles that the user has, as far as Carillon was configured to ask for them
 * @param authmethod the WAMP name of the method, such as {@code ticket}
 * @param authprovider what vouches for the identity
 */
public record Identity(String authid, String authrole, Set<String> roles, String authmethod, String authprovider) {

    /** The role of sessions that an application's other programs open with a back-end ticket. */
    public static final String BACKEND = "backend";

    /** The authprovider of those who have proved that they hold the application's secret. */
    static final String BY_SECRET = "secret";

    /** The application itself: its notifications are published under this name. */
    public static final Identity APPLICATION =
            new Identity("application", "application", Set.of("application"), "local", "application");

    /** A peer that did not say who it is. */
    public static final Identity ANONYMOUS =
            new Identity("anonymous", "anonymous", Set.of("anonymous"), "anonymous", "static");

    public Identity {
        roles = Set.copyOf(roles);
    }

    /** Whether nobody is logged in behind the session. */
    public boolean isVisitor() {
        return authmethod.equals(ANONYMOUS.authmethod);
    }

    /**
     * Whether this is the application itself, or a program that has proved to hold its secret. A user whom the container
     * gives a role of that name is neither.
     */
    public boolean isTrusted() {
        return equals(APPLICATION) || isInRole(BACKEND) && authprovider.equals(BY_SECRET);
    }

    public boolean isInRole(String role) {
        return roles.contains(role);
    }
}
