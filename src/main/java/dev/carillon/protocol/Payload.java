package dev.carillon.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What the application says: {@code Arguments|list} and {@code ArgumentsKw|dict}, each of which may be absent. The
 * router never looks inside; a payload goes out in the very text in which it came in.
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

    /**
     * Values that have not been in a message yet: strings, booleans, integers, lists, maps, null. For the router's own
     * messages, which are short.
     */
    record Values(List<?> arguments, Map<String, ?> keywordArguments) implements Payload {
        private static final int ESTIMATED_SIZE_OF_A_VALUE = 64;

        public Values {
            arguments = Collections.unmodifiableList(new ArrayList<>(arguments)); // not List.copyOf: null is legal
        }

        @Override
        public int size() {
            return ESTIMATED_SIZE_OF_A_VALUE * (arguments.size() + keywordArguments.size());
        }
    }

    /** A payload of positional arguments. */
    static Payload of(Object... arguments) {
        return new Values(List.of(arguments), Map.of());
    }
}
