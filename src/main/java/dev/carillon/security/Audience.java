package dev.carillon.security;

import dev.carillon.protocol.SessionId;
import java.util.Collections;
import java.util.Set;

/** Sessions, described: all of them, or those that have one of the names, one of the roles, or one of the ids. */
public record Audience(boolean everybody, Set<String> users, Set<String> roles, Set<Long> sessions) {

    public static final Audience EVERYBODY = new Audience(true, Set.of(), Set.of(), Set.of());
    public static final Audience NOBODY = new Audience(false, Set.of(), Set.of(), Set.of());

    private static final int OF_AN_ENTRY = 32;

    public Audience {
        users = Set.copyOf(users);
        roles = Set.copyOf(roles);
        sessions = Set.copyOf(sessions);
    }

    public static Audience ofUsers(Set<String> users) {
        return new Audience(false, users, Set.of(), Set.of());
    }

    public static Audience ofRoles(Set<String> roles) {
        return new Audience(false, Set.of(), roles, Set.of());
    }

    public static Audience ofSessions(Set<Long> sessions) {
        return new Audience(false, Set.of(), Set.of(), sessions);
    }

    public boolean includes(SessionId session, Identity identity) {
        return everybody
                || users.contains(identity.authid())
                || roles.contains(identity.authrole())
                || !Collections.disjoint(roles, identity.roles())
                || sessions.contains(session.value());
    }

    /** What this takes to keep, in bytes: a close estimate. */
    int size() {
        int size = OF_AN_ENTRY * (users.size() + roles.size() + sessions.size());
        for (String user : users) {
            size += user.length();
        }
        for (String role : roles) {
            size += role.length();
        }
        return size;
    }

    /** Whether no user and no role is in it, and sessions at most. */
    boolean isOfSessionsOnly() {
        return !everybody && users.isEmpty() && roles.isEmpty();
    }
}
