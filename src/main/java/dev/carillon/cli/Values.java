package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.Received;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.json.stream.JsonParser;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Arguments between a command line and JSON. */
final class Values {

    private Values() {}

    /** @param asText whether nothing is read as JSON */
    static Arguments arguments(List<String> positional, Map<String, String> keyword, boolean asText) {
        Arguments arguments = Arguments.of(
                positional.stream().map(word -> value(word, asText)).toArray());
        for (Map.Entry<String, String> one : keyword.entrySet()) {
            arguments = arguments.with(one.getKey(), value(one.getValue(), asText));
        }
        return arguments;
    }

    private static JsonValue value(String word, boolean asText) {
        return asText ? Json.createValue(word) : json(word).orElseGet(() -> Json.createValue(word));
    }

    /** Empty if it is no JSON, or has more behind it, as 18:00 has behind a number. */
    private static Optional<JsonValue> json(String word) {
        try (JsonParser parser = Json.createParser(new StringReader(word))) {
            parser.next();
            JsonValue value = parser.getValue();
            return parser.hasNext() ? Optional.empty() : Optional.of(value);
        } catch (JsonException | NoSuchElementException notJson) {
            return Optional.empty();
        }
    }

    static JsonArray positional(Received received) {
        JsonArrayBuilder all = Json.createArrayBuilder();
        for (int index = 0; index < received.size(); index++) {
            all.add(orNull(received.get(index, JsonValue.class)));
        }
        return all.build();
    }

    static JsonObject keyword(Received received) {
        JsonObjectBuilder all = Json.createObjectBuilder();
        received.names().forEach(name -> all.add(name, orNull(received.get(name, JsonValue.class))));
        return all.build();
    }

    /** As a person reads it: the one argument that there is as a rule, or all of them. Empty if there is none. */
    static String inWords(Received received) {
        JsonArray positional = positional(received);
        JsonObject keyword = keyword(received);
        if (keyword.isEmpty() && positional.size() <= 1) {
            return positional.isEmpty() ? "" : inWords(positional.get(0));
        }
        return Text.printable(Stream.of(positional, keyword)
                .filter(part -> part instanceof JsonArray list ? !list.isEmpty() : !keyword.isEmpty())
                .map(JsonValue::toString)
                .reduce((one, other) -> one + " " + other)
                .orElse(""));
    }

    /** A string without its quotes, nothing for null, else JSON. */
    static String inWords(JsonValue value) {
        if (value == JsonValue.NULL) {
            return "";
        }
        return Text.printable(value instanceof JsonString string ? string.getString() : value.toString());
    }

    private static JsonValue orNull(@Nullable JsonValue value) {
        return value == null ? JsonValue.NULL : value;
    }
}
