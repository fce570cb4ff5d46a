package dev.carillon.security;

import org.jspecify.annotations.Nullable;

/**
 * What the transport learned of a peer before the first message.
 *
 * @param httpSession the id of the peer's HTTP session; null if it has none
 * @param origin the {@code Origin} that the browser named; null if the peer is not one
 * @param admitted the identity that is proved already, by a ticket on the URL or by being the application; null without one
 * @param address where the peer connects from, as the server sees it: that of the last proxy, unless the server was told to
 *     believe what the proxy says; null if it is not known, or the peer is in the same process
 */
public record Handshake(
        @Nullable String httpSession,
        @Nullable String origin,
        @Nullable Identity admitted,
        @Nullable String address) {

    /** From an address that is not known. */
    public Handshake(@Nullable String httpSession, @Nullable String origin, @Nullable Identity admitted) {
        this(httpSession, origin, admitted, null);
    }

    /** A peer of which nothing is known. */
    public static final Handshake UNKNOWN = new Handshake(null, null, null);

    /** The application itself, in the same process. */
    public static final Handshake APPLICATION = new Handshake(null, null, Identity.APPLICATION);
}
