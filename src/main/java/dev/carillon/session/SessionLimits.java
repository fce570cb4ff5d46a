package dev.carillon.session;

import dev.carillon.security.Identity;

/**
 * How much one session, or one user, may have of a realm. Of every number but the length of URIs, 0 is any.
 *
 * <p>The defaults are far above what an honest page needs and low enough that one who is not honest costs the router
 * some megabytes. Who is {@linkplain Identity#isTrusted trusted}, the application itself and its back-ends, may have any
 * number of sessions, subscriptions, registrations and calls: they hold the secret, and one of them often works for many
 * users. The calls that wait for a callee are bounded whoever it is, to protect it.
 *
 * @param sessionsPerUser in one realm. A user has some tabs on some devices; a wall of screens may share a login.
 *     Visitors are no user
 * @param subscriptions a page that shows hundreds of rows may subscribe to each; each costs about half a kilobyte
 * @param registrations as many, for those who may register at all
 * @param calls of a caller, not answered yet. A page has a handful, a program that works off a batch thousands
 * @param invocations of a callee, not answered yet: half of what may wait for it in its outbox, so that its callers, who
 *     may be many, cannot make it end for reading too slowly
 * @param uriLength characters, in every URI of a request: they are kept with subscriptions, registrations and calls, and
 *     in logs, long after the message
 */
public record SessionLimits(
        int sessionsPerUser, int subscriptions, int registrations, int calls, int invocations, int uriLength) {

    public static final SessionLimits DEFAULT = new SessionLimits(200, 1000, 1000, 4000, 4096, 1024);

    private static final int SHORTEST_LENGTH = 32; // the router's own have that many characters, and more

    public SessionLimits {
        if (uriLength < SHORTEST_LENGTH) {
            throw new IllegalArgumentException(
                    "limits.uri-length is " + uriLength + "; it must be " + SHORTEST_LENGTH + " or more");
        }
    }

    /** Whether someone who has so many may have one more. @param most 0 for any number */
    public static boolean isRoomFor(Identity who, int has, int most) {
        return has < most || most == 0 || who.isTrusted();
    }
}
