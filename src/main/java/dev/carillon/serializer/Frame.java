package dev.carillon.serializer;

/** One WAMP message as the transport carries it. WebSocket keeps text and binary apart, and so does WAMP. */
public sealed interface Frame {

    record Text(String text) implements Frame {}

    /** The bytes are shared by all receivers: nobody may change them. */
    record Binary(byte[] bytes) implements Frame {}
}
