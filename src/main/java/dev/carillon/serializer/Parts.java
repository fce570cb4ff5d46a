package dev.carillon.serializer;

import dev.carillon.protocol.Payload;
import java.util.List;
import java.util.Map;

/**
 * A payload as values, for a receiver that speaks another serializer than its sender: no part, the list of arguments, or
 * that and the map of keyword arguments. Values are strings, booleans, {@link Long}, {@link java.math.BigInteger}, {@link
 * Double}, {@code byte[]}, lists, maps and null; those of {@link Payload.Values} may be anything.
 */
final class Parts {

    private Parts() {}

    @SuppressWarnings("unchecked") // a payload's second part is an object, whose names are strings
    static Payload.Values values(Payload payload) {
        List<?> parts = of(payload);
        return new Payload.Values(
                parts.isEmpty() ? List.of() : (List<?>) parts.get(0),
                parts.size() < 2 ? Map.of() : (Map<String, ?>) parts.get(1));
    }

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
