package dev.carillon.protocol;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the application says: {@code Arguments|list} and {@code ArgumentsKw|dict}, each of which may be absent. The
 * router never looks inside; a payload goes out in the very text or bytes in which it came in, unless the receiver speaks
 * another serializer.
 *
 * <p>Basic Profile, "Application Payloads".
 */
public sealed interface Payload {

    /** No arguments, no keyword arguments; an empty list would be something else. */
    Payload NONE = new Values(List.of(), Map.of());

    /** What this payload is charged with in an outbox, in bytes or a close estimate. */
    int size();

    /**
     * A slice of JSON text: the array of arguments, then, after a comma, the object of keyword arguments if there is
     * one. Well-formed: whoever makes one has checked that.
     */
    record Json(String text) implements Payload {
        @Override
        public int size() {
            return text.length();
        }
    }

    /** The binary serializers, by what they make of a value. */
    enum Encoding {
        CBOR,
        MESSAGE_PACK
    }

    /**
     * A slice of a binary message: the list of arguments and, right behind it, the dict of keyword arguments if there are
     * two parts. Well-formed: whoever makes one has checked that. The bytes are shared: nobody may change them.
     *
     * @param parts 1 or 2; binary lists announce their length, so a writer has to know
     */
    record Bytes(Encoding encoding, int parts, byte[] bytes) implements Payload {
        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that
                    && encoding == that.encoding
                    && parts == that.parts
                    && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }
    }

    /**
     * Values that have not been in a message yet: strings, booleans, integers, lists, maps, null. For the router's own
     * messages.
     */
    record Values(List<?> arguments, Map<String, ?> keywordArguments) implements Payload {
        public Values {
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments)); // not List.copyOf: null is legal
        }

        @Override
        public int size() {
            return Sizes.of(arguments) + Sizes.of(keywordArguments);
        }
    }

    /** A payload of positional arguments. */
    static Payload of(Object... arguments) {
        return new Values(List.of(arguments), Map.of());
    }
}
