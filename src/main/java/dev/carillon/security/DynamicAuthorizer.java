package dev.carillon.security;

/**
 * Decides about rights at the moment of each request, from whatever the application knows. Every CDI bean of this type
 * is asked, with an active request context, on the thread of the session that asks. Advanced Profile, "Authorization".
 */
@FunctionalInterface
public interface DynamicAuthorizer {

    enum Decision {
        /** Granted, unless another denies, a topic's handler refuses a subscriber, or a procedure's annotations a caller. */
        GRANT,
        /** Refused, whatever others say. */
        DENY,
        /** Not this one's business. */
        ABSTAIN
    }

    /**
     * @param request says the match policy too: a prefix or a wildcard asks for many URIs at once
     */
    Decision decide(Authorizer.Request request);
}
