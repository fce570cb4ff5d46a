package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.Received;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonException;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Between words of a command line, JSON, and what goes over the wire. */
final class Values {

    private Values() {}

    /** Each word is JSON if it can be read as that, else a string: {@code 17}, {@code '{"a":1}'}, {@code hello}. */
    static Arguments arguments(List<String> words, Map<String, String> named) {
        List<Object> positional = new ArrayList<>();
        words.forEach(word -> positional.add(value(word)));
        Arguments arguments = Arguments.of(positional.toArray());
        for (Map.Entry<String, String> one : named.entrySet()) {
            arguments = arguments.with(one.getKey(), value(one.getValue()));
        }
        return arguments;
    }

    private static JsonValue value(String word) {
        try (JsonReader reader = Json.createReader(new StringReader(word))) {
            return reader.readValue();
        } catch (JsonException noJson) {
            return Json.createValue(word);
        }
    }

    static JsonArrayBuilder positional(Received received) {
        JsonArrayBuilder array = Json.createArrayBuilder();
        for (int i = 0; i < received.size(); i++) {
            array.add(orNull(received.get(i, JsonValue.class)));
        }
        return array;
    }

    static JsonObjectBuilder named(Received received) {
        JsonObjectBuilder object = Json.createObjectBuilder();
        received.names().forEach(name -> object.add(name, orNull(received.get(name, JsonValue.class))));
        return object;
    }

    /** In one line: the arguments, separated by blanks; strings as they are. */
    static String line(Received received) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < received.size(); i++) {
            parts.add(text(orNull(received.get(i, JsonValue.class))));
        }
        received.names().forEach(name -> parts.add(name + "=" + text(orNull(received.get(name, JsonValue.class)))));
        return String.join(" ", parts);
    }

    /** A value for people: a string without its quotes, and nothing that could steer a terminal. */
    static String text(JsonValue value) {
        String text = value instanceof JsonString string ? string.getString() : value.toString();
        StringBuilder printable = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (Character.isISOControl(c)) {
                printable.append(String.format("\\u%04x", c));
            } else {
                printable.appendCodePoint(c);
            }
        });
        return printable.toString();
    }

    private static JsonValue orNull(JsonValue value) {
        return value == null ? JsonValue.NULL : value;
    }
}
