package dev.carillon.protocol;

/** Error URIs that Carillon answers with. Basic Profile, "Predefined URIs"; those below {@code carillon.} are its own. */
public final class ErrorUri {

    public static final Uri PROTOCOL_VIOLATION = new Uri("wamp.error.protocol_violation");
    public static final Uri INVALID_URI = new Uri("wamp.error.invalid_uri");
    public static final Uri INVALID_ARGUMENT = new Uri("wamp.error.invalid_argument");
    public static final Uri NO_SUCH_SESSION = new Uri("wamp.error.no_such_session");
    public static final Uri NO_SUCH_REALM = new Uri("wamp.error.no_such_realm");
    public static final Uri NO_SUCH_SUBSCRIPTION = new Uri("wamp.error.no_such_subscription");
    public static final Uri NO_SUCH_PROCEDURE = new Uri("wamp.error.no_such_procedure");
    public static final Uri NO_SUCH_REGISTRATION = new Uri("wamp.error.no_such_registration");
    public static final Uri PROCEDURE_ALREADY_EXISTS = new Uri("wamp.error.procedure_already_exists");
    public static final Uri DIFFERENT_INVOCATION_POLICY =
            new Uri("wamp.error.procedure_exists_with_different_invocation_policy");
    /** The callee went before it had answered, or the caller did not want to wait any longer. */
    public static final Uri CANCELED = new Uri("wamp.error.canceled");

    public static final Uri TIMEOUT = new Uri("wamp.error.timeout");

    /** The receiver has not announced what the sender asks of it. */
    public static final Uri FEATURE_NOT_SUPPORTED = new Uri("wamp.error.feature_not_supported");

    /** The answer would be more than can wait for the peer. */
    public static final Uri PAYLOAD_SIZE_EXCEEDED = new Uri("wamp.error.payload_size_exceeded");

    public static final Uri NOT_AUTHORIZED = new Uri("wamp.error.not_authorized");
    /** The realm does not let publishers and callers have it said who they are. */
    public static final Uri DISCLOSURE_DISALLOWED = new Uri("wamp.error.option_disallowed.disclose_me");

    /** The realm does not disclose callers to a callee that is not the application's own. */
    public static final Uri CALLER_DISCLOSURE_DISALLOWED = new Uri("wamp.error.option_disallowed.disclose_caller");

    public static final Uri AUTHORIZATION_FAILED = new Uri("wamp.error.authorization_failed");

    public static final Uri NO_MATCHING_AUTH_METHOD = new Uri("wamp.error.no_matching_auth_method");
    public static final Uri AUTHENTICATION_DENIED = new Uri("wamp.error.authentication_denied");

    /** The session publishes more often than it may; what it sent was not published. */
    public static final Uri RATE_LIMITED = new Uri("carillon.error.rate_limited");
    /** The session has as many subscriptions as one may have; it was not subscribed. */
    public static final Uri TOO_MANY_SUBSCRIPTIONS = new Uri("carillon.error.too_many_subscriptions");
    /** The session serves as many procedures as one may. */
    public static final Uri TOO_MANY_REGISTRATIONS = new Uri("carillon.error.too_many_registrations");
    /** As many calls of the session as may be are not answered yet; this one was not made. */
    public static final Uri TOO_MANY_CALLS = new Uri("carillon.error.too_many_calls");
    /** As many calls as may be wait for whoever serves the procedure; this one was not made. */
    public static final Uri CALLEE_BUSY = new Uri("carillon.error.callee_busy");
    /** The user has as many sessions as one may have. */
    public static final Uri TOO_MANY_SESSIONS = new Uri("carillon.error.too_many_sessions");
    /** More sessions are being opened than the router wants to open a second. */
    public static final Uri TOO_MANY_JOINS = new Uri("carillon.error.too_many_joins");

    /** The application is closed for maintenance already. */
    public static final Uri ALREADY_CLOSED = new Uri("carillon.error.already_closed");
    /** The application is open, and no maintenance is announced: there is nothing to unlock. */
    public static final Uri NOT_CLOSED = new Uri("carillon.error.not_closed");

    /** The router, or a handler or procedure of its application, failed; the log says how. */
    public static final Uri INTERNAL = new Uri("carillon.error.internal");

    private ErrorUri() {}
}
