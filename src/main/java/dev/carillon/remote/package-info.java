/**
 * The client for other programs, and for applications that talk to another's router: {@link dev.carillon.remote.WampClient}
 * over Jakarta WebSocket, whose implementation outside of a server is Tyrus. Imports {@code client}, {@code executor},
 * {@code security}, {@code serializer} and {@code protocol}; shipped with them as {@code carillon-client.jar}.
 *
 * <p>Jakarta WebSocket 2.1, "Client Configuration"; WAMP v2 Basic Profile, "WebSocket Transport".
 */
@NullMarked
package dev.carillon.remote;

import org.jspecify.annotations.NullMarked;
