package dev.carillon.client;

import dev.carillon.protocol.Payload;
import dev.carillon.serializer.Serializer;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonReader;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * JSON-B, for payloads in JSON. It is stricter than JSON-B with a simple value, where that would lose something without
 * a word: no fraction becomes an integer, no large number a small one, no null a primitive. What is inside of an object is
 * JSON-B's business.
 */
public final class JsonbMapping implements Mapping {

    /** How many bits a number may have, without its sign; JSON-B itself would cut off what is too many. */
    private static final Map<Type, Integer> BITS_OF_INTEGERS = Map.of(
            byte.class,
            7,
            Byte.class,
            7,
            short.class,
            15,
            Short.class,
            15,
            int.class,
            31,
            Integer.class,
            31,
            long.class,
            63,
            Long.class,
            63,
            BigInteger.class,
            Integer.MAX_VALUE);

    private final Jsonb jsonb;

    public JsonbMapping() {
        this(JsonbBuilder.create());
    }

    public JsonbMapping(Jsonb jsonb) {
        this.jsonb = jsonb;
    }

    @Override
    public Payload write(Arguments arguments) {
        boolean hasKeyword = !arguments.keyword().isEmpty();
        if (arguments.positional().isEmpty() && !hasKeyword) {
            return Payload.NONE;
        }
        StringBuilder text = new StringBuilder("[");
        int index = 0;
        for (Object argument : arguments.positional()) {
            text.append(index == 0 ? "" : ",").append(json("argument " + ++index, argument));
        }
        text.append(']');
        if (hasKeyword) {
            String separator = ",{";
            for (Map.Entry<String, ?> argument : arguments.keyword().entrySet()) {
                text.append(separator).append(jsonb.toJson(argument.getKey())).append(':');
                text.append(json("argument '" + argument.getKey() + "'", argument.getValue()));
                separator = ",";
            }
            text.append('}');
        }
        return new Payload.Json(text.toString());
    }

    private String json(String what, @Nullable Object value) {
        if (value == null) {
            return "null";
        }
        try {
            return jsonb.toJson(value);
        } catch (RuntimeException e) { // JSON-B's own, as a rule; a getter's else
            throw new IllegalArgumentException(what + " cannot be mapped to JSON", e);
        } catch (StackOverflowError endless) { // without its trace, which is as long as the stack was deep
            throw new IllegalArgumentException(what + " cannot be mapped to JSON: its getters lead on and on");
        }
    }

    @Override
    public Received read(Payload payload) {
        if (payload.equals(Payload.NONE)) {
            return Received.NOTHING;
        }
        JsonArray parts = parse(Serializer.json(payload)).asJsonArray();
        List<Value> positional =
                parts.getJsonArray(0).stream().<Value>map(Node::new).toList();
        Map<String, Value> keyword = new LinkedHashMap<>();
        if (parts.size() > 1) {
            parts.getJsonObject(1).forEach((name, value) -> keyword.put(name, new Node(value)));
        }
        return new Received(positional, keyword);
    }

    private static JsonValue parse(String text) {
        try (JsonReader reader = Json.createReader(new StringReader(text))) {
            return reader.readValue();
        } catch (RuntimeException e) { // a parser's own, or whatever it throws if its limits are exceeded
            throw new IllegalArgumentException("the payload cannot be read", e);
        }
    }

    private final class Node implements Value {
        private final JsonValue json;

        Node(JsonValue json) {
            this.json = json;
        }

        @Override
        public boolean isNull() {
            return json.getValueType() == JsonValue.ValueType.NULL;
        }

        @Override
        public @Nullable Object as(Type type) {
            if (isNull()) {
                if (type instanceof Class<?> primitive && primitive.isPrimitive()) {
                    throw new IllegalArgumentException("must be " + inWords(type) + ", not null");
                }
                return null;
            }
            if (type instanceof Class<?> itself
                    && JsonValue.class.isAssignableFrom(itself)
                    && itself.isInstance(json)) {
                return json;
            }
            try {
                if (fits(type)) {
                    return jsonb.fromJson(json.toString(), type);
                }
            } catch (RuntimeException e) { // JSON-B's own, a constructor's, a parser's whose limits are exceeded
                throw new IllegalArgumentException("must be " + inWords(type), e); // their texts have class names
            }
            throw new IllegalArgumentException("must be " + inWords(type));
        }

        /** What JSON-B would take for something else: a list for a string, 1 for false, a number for its last bits. */
        private boolean fits(Type type) {
            JsonValue.ValueType found = json.getValueType();
            if (type == boolean.class || type == Boolean.class) {
                return found == JsonValue.ValueType.TRUE || found == JsonValue.ValueType.FALSE;
            }
            if (type == String.class || type == char.class || type == Character.class) {
                return found == JsonValue.ValueType.STRING;
            }
            if (type == BigDecimal.class && found == JsonValue.ValueType.STRING) {
                return true; // how scripts keep decimals exact
            }
            Integer bits = BITS_OF_INTEGERS.get(type);
            if (bits != null) {
                return json instanceof JsonNumber number
                        && number.isIntegral()
                        && number.bigIntegerValue().bitLength() <= bits;
            }
            return !isNumber(type) || found == JsonValue.ValueType.NUMBER;
        }

        private static boolean isNumber(Type type) {
            return type == double.class
                    || type == float.class
                    || type instanceof Class<?> simple && Number.class.isAssignableFrom(simple);
        }

        /** What a peer is told that was expected; it knows JSON, and nothing of our classes. */
        private static String inWords(Type type) {
            Integer bits = BITS_OF_INTEGERS.get(type);
            if (bits != null) {
                return "an integer" + (bits < Long.SIZE ? " that fits into " + (bits + 1) + " bits" : "");
            }
            if (!(type instanceof Class<?> simple)) {
                return "of another form";
            }
            if (simple.isEnum()) {
                return "one of " + List.of(simple.getEnumConstants());
            }
            if (simple == boolean.class || simple == Boolean.class) {
                return "true or false";
            }
            if (isNumber(type)) {
                return "a number";
            }
            return simple == String.class ? "a string" : "of another form";
        }
    }
}
