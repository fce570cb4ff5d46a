package dev.carillon.protocol;

/** Reasons in GOODBYE and ABORT. Basic Profile, "Predefined URIs"; those below {@code carillon.} are Carillon's own. */
public final class CloseUri {

    /** A client takes its leave. */
    public static final Uri NORMAL = new Uri("wamp.close.normal");

    public static final Uri GOODBYE_AND_OUT = new Uri("wamp.close.goodbye_and_out");
    public static final Uri SYSTEM_SHUTDOWN = new Uri("wamp.close.system_shutdown");
    /** Somebody who may has ended the session. */
    public static final Uri KILLED = new Uri("wamp.close.killed");

    /** The user logged out, or the HTTP session that the ticket came from has ended: log in again. */
    public static final Uri LOGGED_OUT = new Uri("carillon.close.logged_out");

    /** Why a registration was revoked: another session serves the procedure now. */
    public static final Uri REPLACED = new Uri("carillon.close.replaced");

    private CloseUri() {}
}
