package dev.carillon.wiring;

import dev.carillon.admin.Setting;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Reads settings below {@code carillon.} and notes what is wrong with them, all of it, with key, value and what is
 * legal. Where a value is wrong, the default stands in, so that reading can go on.
 */
final class SettingsReader {

    private static final String PREFIX = "carillon.";

    /** No setting of Carillon makes sense beyond a day. */
    private static final Duration LONGEST = Duration.ofHours(24);

    private final Configuration configuration;
    private final SortedMap<String, Setting> known = new TreeMap<>();
    private final List<String> problems = new ArrayList<>();

    SettingsReader(Configuration configuration) {
        this.configuration = configuration;
    }

    Optional<String> text(String key) {
        return read(key, "", value -> value);
    }

    String text(String key, String whenAbsent) {
        return read(key, whenAbsent, value -> value).orElse(whenAbsent);
    }

    /** A text that nobody is shown. */
    Optional<String> secret(String key) {
        return read(key, "not set", value -> "set");
    }

    /** @param shown what administrators are shown of a value */
    private Optional<String> read(String key, String whenAbsent, UnaryOperator<String> shown) {
        Optional<String> value =
                configuration.get(PREFIX + key).map(String::strip).filter(text -> !text.isEmpty());
        known.put(PREFIX + key, new Setting(PREFIX + key, value.map(shown).orElse(whenAbsent), value.isEmpty()));
        return value;
    }

    /** All that was asked for, by key. */
    List<Setting> settings() {
        return List.copyOf(known.values());
    }

    boolean flag(String key, boolean whenAbsent) {
        String value = text(key, String.valueOf(whenAbsent));
        if (!value.equals("true") && !value.equals("false")) {
            problem(key, value, "true or false");
            return whenAbsent;
        }
        return value.equals("true");
    }

    long number(String key, long whenAbsent, long max) {
        String value = text(key, String.valueOf(whenAbsent));
        try {
            long number = Long.parseLong(value);
            if (number >= 0 && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below
        }
        problem(key, value, "a whole number from 0 to " + max);
        return whenAbsent;
    }

    Duration duration(String key, Duration whenAbsent) {
        String value = text(key, whenAbsent.toString());
        try {
            Duration duration = Duration.parse(value);
            if (duration.compareTo(LONGEST) <= 0) {
                return duration;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        problem(key, value, "an ISO 8601 duration such as PT30S or PT5M, at most " + LONGEST);
        return whenAbsent;
    }

    /** Separated by commas. */
    List<String> list(String key) {
        return text(key).stream()
                .flatMap(value -> Arrays.stream(value.split(",")))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** What a typed record's constructor says of the values it is given; its texts begin with the key. */
    <T> T checked(Supplier<T> record, T whenWrong) {
        try {
            return record.get();
        } catch (IllegalArgumentException e) {
            problems.add("CAR-103 " + PREFIX + e.getMessage());
            return whenWrong;
        }
    }

    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Keys that are set and that nothing here has asked for: misspelt, as a rule. */
    Set<String> unknown() {
        Set<String> asked =
                known.keySet().stream().map(SettingsReader::asListed).collect(Collectors.toSet());
        return configuration.keys().stream()
                .filter(key -> key.startsWith(PREFIX) && !asked.contains(asListed(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** An environment variable is listed with dots for dashes: CARILLON_MESSAGE_MAX_SIZE could have been either. */
    private static String asListed(String key) {
        return key.replace('-', '.');
    }

    /** Notes that a value is not legal. */
    void problem(String key, String value, String legal) {
        problems.add("CAR-103 " + PREFIX + key + " is '" + value + "'; it must be " + legal);
    }
}
