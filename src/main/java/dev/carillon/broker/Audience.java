package dev.carillon.broker;

import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.util.Collections;
import java.util.Set;

/**
 * Who of a topic's subscribers a publication is for: everybody, or those who have one of the names, one of the roles, or
 * one of the session ids.
 */
public record Audience(boolean everybody, Set<String> users, Set<String> roles, Set<Long> sessions) {

    public static final Audience EVERYBODY = new Audience(true, Set.of(), Set.of(), Set.of());
    public static final Audience NOBODY = new Audience(false, Set.of(), Set.of(), Set.of());

    public Audience {
        users = Set.copyOf(users);
        roles = Set.copyOf(roles);
        sessions = Set.copyOf(sessions);
    }

    boolean includes(Session session) {
        if (everybody) {
            return true;
        }
        Identity identity = session.identity();
        return users.contains(identity.authid())
                || !Collections.disjoint(roles, identity.roles())
                || sessions.contains(session.id().value());
    }
}
