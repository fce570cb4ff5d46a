package dev.carillon.security;

import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import org.jspecify.annotations.Nullable;

/**
 * Says what a session may do. Called by the peer's own thread with no lock held, so a slow one delays its own session
 * only. Advanced Profile, "Authorization".
 */
@FunctionalInterface
public interface Authorizer {

    /** Everybody may do everything. */
    Authorizer OPEN = new Authorizer() {
        @Override
        public void authorize(Request request) {}

        @Override
        public boolean showsUndeclared(Request request) {
            return true;
        }
    };

    /**
     * Returns if the request is granted.
     *
     * @throws WampError what the peer is answered otherwise, as a rule {@code wamp.error.not_authorized}
     */
    void authorize(Request request);

    /**
     * Whether a subscription to a pattern, if it is granted, is to show topics too that the application has not declared.
     *
     * @throws WampError if it will not be granted
     */
    default boolean showsUndeclared(Request request) {
        return false;
    }

    enum Action {
        SUBSCRIBE,
        PUBLISH,
        REGISTER,
        CALL
    }

    /**
     * @param realm the name of the realm
     * @param uris what it is about; a pattern, if the action is SUBSCRIBE or REGISTER and asks for more than one URI
     * @param session the session that asks; null if it is the application that publishes
     * @param again whether the session has it already, so that a refusal is not the end of anything by itself
     */
    record Request(
            String realm,
            Action action,
            UriPattern uris,
            Identity who,
            @Nullable SessionId session,
            boolean again) {

        /** For the first time. */
        public Request(String realm, Action action, UriPattern uris, Identity who, @Nullable SessionId session) {
            this(realm, action, uris, who, session, false);
        }

        /** The URI as it was written; it stands for itself unless the match policy says otherwise. */
        public Uri uri() {
            return uris.uri();
        }
    }
}
