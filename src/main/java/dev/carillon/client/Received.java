package dev.carillon.client;

import java.lang.reflect.Type;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The arguments that came with an event, a call, a result or an error. Each is mapped when, and to what, you ask for.
 *
 * <p>Immutable.
 */
public final class Received {

    static final Received NOTHING = new Received(List.of(), Map.of());

    private final List<Mapping.Value> positional;
    private final Map<String, Mapping.Value> keyword;

    public Received(List<Mapping.Value> positional, Map<String, Mapping.Value> keyword) {
        this.positional = List.copyOf(positional);
        this.keyword = Collections.unmodifiableMap(new LinkedHashMap<>(keyword));
    }

    /** How many positional arguments there are. */
    public int size() {
        return positional.size();
    }

    /** The names of the keyword arguments. */
    public Set<String> names() {
        return keyword.keySet();
    }

    /**
     * A positional argument. @param index from 0
     *
     * @return null if the argument is null, or if there is none at this index
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> @Nullable T get(int index, Class<T> type) {
        return cast(get(index, (Type) type));
    }

    /** The same, for types such as a {@code List<Order>}. */
    public @Nullable Object get(int index, Type type) {
        return index < positional.size() ? positional.get(index).as(type) : null;
    }

    /**
     * A keyword argument.
     *
     * @return null if the argument is null, or if there is none of this name
     * @throws IllegalArgumentException if it does not fit the type
     */
    public <T> @Nullable T get(String name, Class<T> type) {
        return cast(get(name, (Type) type));
    }

    /** The same, for types such as a {@code List<Order>}. */
    public @Nullable Object get(String name, Type type) {
        Mapping.Value value = keyword.get(name);
        return value == null ? null : value.as(type);
    }

    /** A positional argument before it is mapped. */
    public Mapping.Value value(int index) {
        return positional.get(index);
    }

    /** A keyword argument before it is mapped; null if there is none of this name. */
    public Mapping.@Nullable Value value(String name) {
        return keyword.get(name);
    }

    @SuppressWarnings(
            "unchecked") // the mapping has answered with what the type asks for, boxed if it is a primitive one
    private static <T> @Nullable T cast(@Nullable Object value) {
        return (T) value;
    }

    /** How much there is, not what: payloads do not belong into a log. */
    @Override
    public String toString() {
        return positional.size() + " arguments, " + keyword.keySet();
    }
}
