package dev.carillon.serializer;

import dev.carillon.protocol.Payload;
import java.util.List;

/**
 * A payload as values, for a receiver that speaks another serializer than its sender: no part, the list of arguments, or
 * that and the map of keyword arguments. Values are strings, booleans, {@link Long}, {@link java.math.BigInteger}, {@link
 * Double}, {@code byte[]}, lists, maps and null; those of {@link Payload.Values} may be anything.
 */
final class Parts {

    private Parts() {}

    static List<?> of(Payload payload) {
        if (payload instanceof Payload.Json json) {
            return JsonSerializer.parts(json);
        } else if (payload instanceof Payload.Bytes slice) {
            return BinaryInput.of(slice.encoding(), slice.bytes()).parts(slice.parts());
        }
        Payload.Values values = (Payload.Values) payload;
        if (!values.keywordArguments().isEmpty()) {
            return List.of(values.arguments(), values.keywordArguments());
        }
        return values.arguments().isEmpty() ? List.of() : List.of(values.arguments());
    }
}
