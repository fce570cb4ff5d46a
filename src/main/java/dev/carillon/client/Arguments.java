package dev.carillon.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is sent with a publication, a call, a result or an error: positional arguments, and keyword arguments if you like.
 *
 * <pre>{@code
 * Arguments.of(17, "urgent").with("gift", true)
 * }</pre>
 *
 * <p>Immutable; the objects in it are mapped when the message is sent. Basic Profile, "Application Payloads".
 */
public final class Arguments {

    /** No argument at all. */
    public static final Arguments NONE = new Arguments(List.of(), Map.of());

    private final List<@Nullable Object> positional;
    private final Map<String, @Nullable Object> keyword;

    private Arguments(List<@Nullable Object> positional, Map<String, @Nullable Object> keyword) {
        this.positional = Collections.unmodifiableList(positional);
        this.keyword = Collections.unmodifiableMap(keyword);
    }

    /** Positional arguments, each of which may be null. */
    public static Arguments of(@Nullable Object... positional) {
        return new Arguments(new ArrayList<>(Arrays.asList(positional)), Map.of());
    }

    /** The same arguments and one more, by name. */
    public Arguments with(String name, @Nullable Object value) {
        Map<String, @Nullable Object> more = new LinkedHashMap<>(keyword);
        more.put(name, value);
        return new Arguments(positional, more);
    }

    public List<@Nullable Object> positional() {
        return positional;
    }

    public Map<String, @Nullable Object> keyword() {
        return keyword;
    }
}
