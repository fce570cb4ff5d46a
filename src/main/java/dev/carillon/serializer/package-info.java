/**
 * Messages to and from bytes: one {@link dev.carillon.serializer.Serializer} for each WebSocket subprotocol. Imports
 * {@code protocol} and, for JSON, Jackson's streaming API, which no other package sees. CBOR and MessagePack differ in the
 * heads of their values only and share the rest.
 *
 * <p>WAMP v2 Basic Profile, "Serializers" and "WebSocket Transport".
 */
@NullMarked
package dev.carillon.serializer;

import org.jspecify.annotations.NullMarked;
