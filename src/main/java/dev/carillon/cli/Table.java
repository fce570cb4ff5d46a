package dev.carillon.cli;

import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** A list of objects as columns under headings, as wide as they need. */
final class Table {

    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final List<List<String>> rows = new ArrayList<>();
    private final List<String> keys;

    /** @param keys of the objects; their upper-case forms are the headings */
    Table(List<String> keys) {
        this.keys = keys;
        rows.add(keys.stream()
                .map(key -> key.replace('_', ' ').toUpperCase(java.util.Locale.ROOT))
                .toList());
    }

    Table with(JsonArray objects) {
        objects.getValuesAs(JsonObject.class)
                .forEach(object -> rows.add(keys.stream()
                        .map(key -> cell(object.getOrDefault(key, JsonValue.NULL)))
                        .toList()));
        return this;
    }

    private static String cell(JsonValue value) {
        return value == JsonValue.NULL ? "-" : Values.text(value);
    }

    void print(PrintWriter out, boolean colours) {
        int[] widths = new int[keys.size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        for (int i = 0; i < rows.size(); i++) {
            String line = line(rows.get(i), widths);
            out.println(colours && i == 0 ? BOLD + line + PLAIN : line);
        }
    }

    private static String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            line.append(row.get(i));
            if (i < widths.length - 1) {
                line.append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
        }
        return line.toString();
    }
}
