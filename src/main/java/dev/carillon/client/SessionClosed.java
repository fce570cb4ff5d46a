package dev.carillon.client;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The session has ended, before a request or before its answer, or was never opened. */
public final class SessionClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String reason; // null if the router has not said one

    public SessionClosed(String why) {
        this(why, null);
    }

    /** @param reason the URI that the router has given in ABORT or GOODBYE */
    public SessionClosed(String why, @Nullable String reason) {
        super(why);
        this.reason = reason;
    }

    /** The URI that the router has given, such as {@code wamp.error.authentication_denied}; empty if it said none. */
    public Optional<String> reason() {
        return Optional.ofNullable(reason);
    }
}
