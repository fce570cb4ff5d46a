package dev.carillon.protocol;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An {@code Options|dict} or {@code Details|dict}. Unknown keys are kept and ignored; a known key with a value of the
 * wrong type is the sender's error, and each getter says so.
 *
 * @param entries strings, booleans, integers ({@link Long}, {@link java.math.BigInteger}), other numbers, lists, maps, null
 */
public record Dict(Map<String, ?> entries) {

    public static final Dict EMPTY = new Dict(Map.of());

    public Dict {
        entries = entries.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    public static Dict of(String key, Object value) {
        return new Dict(Map.of(key, value));
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not an integer from 1 to 2^53 */
    public Optional<Long> id(String key) {
        Object value = entries.get(key);
        if (value != null && !(value instanceof Long id && id >= 1 && id <= MessageReader.MAX_ID)) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be an integer from 1 to 2^53");
        }
        return Optional.ofNullable((Long) value);
    }

    /** These entries, and behind them those of the other, which count where both have a key. */
    public Dict and(Dict other) {
        if (other.entries.isEmpty()) {
            return this;
        }
        if (entries.isEmpty()) {
            return other;
        }
        Map<String, @Nullable Object> all = new LinkedHashMap<>(entries);
        all.putAll(other.entries);
        return new Dict(all);
    }

    /** What this is charged with, in bytes: a close estimate; nothing if it is empty. */
    public int size() {
        return entries.isEmpty() ? 0 : Sizes.of(entries);
    }

    /** Whether the key is there, with a value other than null. */
    public boolean has(String key) {
        return entries.get(key) != null;
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not a boolean */
    public boolean flag(String key, boolean whenAbsent) {
        Boolean value = typed(key, Boolean.class, "true or false");
        return value == null ? whenAbsent : value;
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not an integer of 64 bits */
    public long integer(String key, long whenAbsent) {
        Long value = typed(key, Long.class, "an integer of 64 bits");
        return value == null ? whenAbsent : value;
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not a string */
    public Optional<String> string(String key) {
        return Optional.ofNullable(typed(key, String.class, "a string"));
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not a dict */
    public Optional<Dict> dict(String key) {
        Map<?, ?> value = typed(key, Map.class, "a dict");
        if (value == null) {
            return Optional.empty();
        }
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        value.forEach((name, inner) -> entries.put(String.valueOf(name), inner));
        return Optional.of(new Dict(entries));
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not a list of strings */
    public Optional<List<String>> strings(String key) {
        List<?> value = typed(key, List.class, "a list of strings");
        if (value == null) {
            return Optional.empty();
        }
        List<String> strings = new ArrayList<>(value.size());
        for (Object element : value) {
            if (!(element instanceof String string)) {
                throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be a list of strings");
            }
            strings.add(string);
        }
        return Optional.of(strings);
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if the value is not a list of ids */
    public Optional<Set<Long>> ids(String key) {
        List<?> value = typed(key, List.class, "a list of ids");
        if (value == null) {
            return Optional.empty();
        }
        Set<Long> ids = new HashSet<>();
        for (Object element : value) {
            if (!(element instanceof Long id) || id < 1 || id > MessageReader.MAX_ID) {
                throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be a list of ids");
            }
            ids.add(id);
        }
        return Optional.of(ids);
    }

    private <T> @Nullable T typed(String key, Class<T> type, String expected) {
        Object value = entries.get(key);
        if (value != null && !type.isInstance(value)) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' must be " + expected);
        }
        return type.cast(value);
    }
}
