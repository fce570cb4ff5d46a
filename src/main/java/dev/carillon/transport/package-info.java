/**
 * WAMP over Jakarta WebSocket: the endpoint, what is checked at the handshake, and the life of connections. The only
 * package of the router that sees {@code jakarta.websocket}. Imports {@code router} and below.
 *
 * <p>WAMP v2 Basic Profile, "WebSocket Transport"; Jakarta WebSocket 2.1; RFC 6455.
 */
@NullMarked
package dev.carillon.transport;

import org.jspecify.annotations.NullMarked;
