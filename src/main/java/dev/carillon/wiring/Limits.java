package dev.carillon.wiring;

import dev.carillon.session.SessionLimits;
import dev.carillon.transport.ConnectionLimits;

/**
 * How much of everything there may be; the guide's page "Limits" says why so much.
 *
 * @param joins sessions a second, on average; 0 for any number
 * @param notifications that wait for the router; 0 for any number
 */
record Limits(ConnectionLimits connections, int joins, SessionLimits sessions, int notifications) {

    /** Ten thousand pages that come back after a restart, which they do within half a minute, are let in at once. */
    private static final int JOINS = 500;

    /** What a large batch fires in one transaction; a notification takes some hundred bytes and its payload. */
    private static final int NOTIFICATIONS = 100_000;

    /** In open mode whoever measures and tests opens as many connections as he likes, unless told otherwise. */
    static Limits read(SettingsReader in, boolean open) {
        ConnectionLimits of = open ? ConnectionLimits.NONE : ConnectionLimits.DEFAULT;
        return new Limits(
                new ConnectionLimits(
                        number(in, "limits.connections", of.total()),
                        number(in, "limits.connections-per-address", of.perAddress())),
                number(in, "limits.joins", open ? 0 : JOINS),
                in.checked(() -> sessions(in, open), SessionLimits.DEFAULT),
                number(in, "limits.notifications", NOTIFICATIONS));
    }

    private static SessionLimits sessions(SettingsReader in, boolean open) {
        SessionLimits or = SessionLimits.DEFAULT;
        return new SessionLimits(
                number(in, "limits.sessions-per-user", open ? 0 : or.sessionsPerUser()),
                number(in, "limits.subscriptions", or.subscriptions()),
                number(in, "limits.registrations", or.registrations()),
                number(in, "limits.calls", or.calls()),
                number(in, "limits.invocations", or.invocations()),
                number(in, "limits.uri-length", or.uriLength()));
    }

    private static int number(SettingsReader in, String key, int or) {
        return (int) in.number(key, or, Integer.MAX_VALUE);
    }
}
