package dev.carillon.protocol;

/**
 * A peer broke the protocol: its session ends with {@code ABORT wamp.error.protocol_violation}. The message is a plain
 * sentence for that peer; it never quotes payload.
 *
 * <p>Basic Profile, "Protocol Violations".
 */
public final class ProtocolViolation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProtocolViolation(String sentence) {
        // A peer causes these at will, so they must be cheap: no stack trace.
        super(sentence, null, false, false);
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
