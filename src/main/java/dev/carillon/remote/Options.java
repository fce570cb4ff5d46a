package dev.carillon.remote;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The query of a connection text, and what was asked of it. */
final class Options {

    private static final Duration LONGEST = Duration.ofHours(24);

    private final Map<String, String> given = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();

    /** @param query as in the address; empty if there is none */
    Options(String query) {
        for (String option : query.split("&")) {
            int equals = option.indexOf('=');
            if (!option.isEmpty()) {
                String name = decoded(equals < 0 ? option : option.substring(0, equals));
                given.put(name, equals < 0 ? "" : decoded(option.substring(equals + 1)));
            }
        }
    }

    Optional<String> text(String name) {
        known.add(name);
        return Optional.ofNullable(given.get(name)).filter(value -> !value.isEmpty());
    }

    boolean flag(String name, boolean whenAbsent) {
        String value = text(name).orElse(String.valueOf(whenAbsent));
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " is '" + value + "'; it must be true or false");
        }
        return value.equals("true");
    }

    Duration duration(String name, Duration whenAbsent) {
        String value = text(name).orElse(whenAbsent.toString());
        try {
            Duration duration =
                    value.matches("\\d{1,9}") ? Duration.ofSeconds(Long.parseLong(value)) : Duration.parse(value);
            if (duration.compareTo(Duration.ZERO) > 0 && duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new IllegalArgumentException(name + " is '" + value
                + "'; it must be a duration such as PT30S, or a number of seconds, above zero and at most a day");
    }

    /** @throws IllegalArgumentException if there is an option that nobody has asked for */
    void requireAllKnown() {
        Set<String> unknown = new TreeSet<>(given.keySet());
        unknown.removeAll(known);
        if (!unknown.isEmpty()) {
            throw new IllegalArgumentException(
                    "unknown option " + String.join(", ", unknown) + "; there are " + String.join(", ", known));
        }
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("an option is not encoded as a part of an address: " + e.getMessage());
        }
    }
}
