package dev.carillon.topic;

import dev.carillon.protocol.SessionId;
import dev.carillon.security.Identity;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Who publishes. The router says so, never the client. */
public final class Publisher {

    private final Identity identity;
    private final @Nullable SessionId session;

    Publisher(Identity identity, @Nullable SessionId session) {
        this.identity = identity;
        this.session = session;
    }

    /** The user's name, as the container knows it; the back-end's; or {@code application}. */
    public String name() {
        return identity.authid();
    }

    /** Whether the user has the role; it must be listed in {@code carillon.security.roles}. */
    public boolean isInRole(String role) {
        return identity.isInRole(role);
    }

    /** Whether the application itself publishes, by a notification, or a back-end that holds its secret. */
    public boolean isTrusted() {
        return identity.isTrusted();
    }

    /** The id of the WAMP session; empty for a notification. */
    public OptionalLong session() {
        return session == null ? OptionalLong.empty() : OptionalLong.of(session.value());
    }
}
