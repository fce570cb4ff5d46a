package dev.carillon.serializer;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import java.util.List;
import java.util.Optional;

/** Turns messages into frames and back. Safe for use by many threads. */
public interface Serializer {

    /** Those that Carillon speaks, the preferred one first. */
    List<Serializer> ALL = List.of(
            JsonSerializer.INSTANCE,
            new BinarySerializer("wamp.2.cbor", Payload.Encoding.CBOR),
            new BinarySerializer("wamp.2.msgpack", Payload.Encoding.MESSAGE_PACK));

    /** The one that a WebSocket subprotocol stands for. */
    static Optional<Serializer> of(String subprotocol) {
        return ALL.stream()
                .filter(serializer -> serializer.subprotocol().equals(subprotocol))
                .findFirst();
    }

    /** A payload's parts, none to two, as the text of a JSON array, whatever they came as: to be looked at. */
    static String json(Payload payload) {
        return JsonSerializer.INSTANCE.text(payload);
    }

    /** A dict as the text of a JSON object, which {@link #dict} reads. */
    static String json(Dict dict) {
        return JsonSerializer.INSTANCE.text(dict);
    }

    /** @throws IllegalArgumentException if the text is not a JSON object */
    static Dict dict(String json) {
        return JsonSerializer.INSTANCE.dict(json);
    }

    /** A payload's values, whatever they came as: for the router itself, where it is the one that is called. */
    static Payload.Values values(Payload payload) {
        return Parts.values(payload);
    }

    /** The name that peers negotiate, such as {@code wamp.2.json}. */
    String subprotocol();

    /**
     * Reads one message; its payload is checked for form but not decoded.
     *
     * @throws ProtocolViolation if the frame does not hold exactly one well-formed message
     */
    Message decode(Frame frame);

    Frame encode(Message message);

    /** The same payload as a slice that {@link #encode} need not translate; itself if it is one, or holds nothing. */
    Payload translate(Payload payload);
}
