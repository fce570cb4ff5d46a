package dev.carillon.session;

/**
 * Why a connection is closed: a WebSocket close code (RFC 6455, section 7.4) and a sentence for the peer's log.
 *
 * @param text at most 123 bytes in UTF-8, the most that a close frame holds
 * @param name under which it is counted
 */
public record CloseReason(int code, String text, String name) {

    public static final CloseReason NORMAL = new CloseReason(1000, "goodbye", "goodbye");
    public static final CloseReason KILLED = new CloseReason(1000, "ended from outside", "killed");
    public static final CloseReason GOING_AWAY = new CloseReason(1001, "the server is going away", "system_shutdown");
    public static final CloseReason PROTOCOL_ERROR = new CloseReason(1002, "protocol violation", "protocol_violation");
    public static final CloseReason TOO_BIG = new CloseReason(1009, "the message is larger than allowed", "too_big");
    /** The page must not come back by itself: log in again. */
    public static final CloseReason POLICY_VIOLATION = new CloseReason(1008, "log in again", "logged_out");

    public static final CloseReason TOO_SLOW =
            new CloseReason(1013, "too many messages unread: reading too slowly", "too_slow");
    /** There are too many of something, which may be otherwise later. */
    public static final CloseReason TRY_LATER = new CloseReason(1013, "too many; try again later", "try_later");

    public static final CloseReason SILENT = new CloseReason(1001, "no sign of life", "silent");
    public static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "the router failed", "internal");
    public static final CloseReason LOST = new CloseReason(1011, "a message could not be sent", "unsent");
}
