/**
 * Messages to and from bytes: one {@link dev.carillon.serializer.Serializer} for each WebSocket subprotocol. Imports
 * {@code protocol} and Jackson's streaming API, which no other package sees.
 *
 * <p>WAMP v2 Basic Profile, "Serializers" and "WebSocket Transport".
 */
@NullMarked
package dev.carillon.serializer;

import org.jspecify.annotations.NullMarked;
