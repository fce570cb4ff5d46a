package dev.carillon.realm;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.MessageReader;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.serializer.Serializer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a meta procedure was called with. Each getter throws {@code wamp.error.invalid_argument} for what does not fit. */
public record MetaArguments(List<?> positional, Dict keyword) {

    static MetaArguments of(Payload payload) {
        Payload.Values values = Serializer.values(payload);
        return new MetaArguments(values.arguments(), new Dict(values.keywordArguments()));
    }

    long id(int index, String name) {
        if (at(index) instanceof Long id && id >= 1 && id <= MessageReader.MAX_ID) {
            return id;
        }
        throw wrong(index, name, "an id");
    }

    public String string(int index, String name) {
        if (at(index) instanceof String string) {
            return string;
        }
        throw wrong(index, name, "a string");
    }

    /** @param whenAbsent also for null */
    public String string(int index, String name, String whenAbsent) {
        return at(index) == null ? whenAbsent : string(index, name);
    }

    /** Null if it was not given. */
    public @Nullable Object value(int index) {
        return at(index);
    }

    /**
     * The keyword argument {@code limit}: how long a list may be.
     *
     * @param most also what counts if it was not given
     * @throws WampError {@code wamp.error.invalid_argument} if it is less than 1; more than {@code most} is {@code most}
     */
    public int limit(int most) {
        long limit = keyword.integer("limit", most);
        if (limit < 1) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'limit' must be 1 or more");
        }
        return (int) Math.min(limit, most);
    }

    public Uri uri(int index, String name) {
        return new Uri(string(index, name));
    }

    /** Empty if it was not given. */
    Optional<Set<String>> strings(int index, String name) {
        return named(index, name).strings(name).map(Set::copyOf);
    }

    List<?> list(int index, String name) {
        Object value = at(index);
        if (value == null) {
            return List.of();
        }
        if (value instanceof List<?> list) {
            return list;
        }
        throw wrong(index, name, "a list");
    }

    Dict dict(int index, String name) {
        return named(index, name).dict(name).orElse(Dict.EMPTY);
    }

    /** The option {@code match} among options as of SUBSCRIBE or REGISTER. */
    MatchPolicy match(int index) {
        String name = dict(index, "options").string("match").orElse(MatchPolicy.EXACT.wireName());
        return MatchPolicy.of(name)
                .orElseThrow(() ->
                        new WampError(ErrorUri.INVALID_ARGUMENT, "'match' must be 'exact', 'prefix' or 'wildcard'"));
    }

    /**
     * The keyword argument {@code reason}: why a session, a subscription or a registration ends.
     *
     * @throws WampError {@code wamp.error.invalid_uri} if it is anything but a legal URI
     */
    Uri reason(Uri whenAbsent) {
        Object reason = keyword.entries().get("reason");
        if (reason == null) {
            return whenAbsent;
        }
        if (reason instanceof String string && new Uri(string).isLegal(Uri.Rules.LOOSE)) {
            return new Uri(string);
        }
        throw new WampError(ErrorUri.INVALID_URI, "'reason' must be a legal URI");
    }

    private Dict named(int index, String name) {
        Map<String, @Nullable Object> entry = new HashMap<>();
        entry.put(name, at(index));
        return new Dict(entry);
    }

    private @Nullable Object at(int index) {
        return index < positional.size() ? positional.get(index) : null;
    }

    private static WampError wrong(int index, String name, String expected) {
        return new WampError(
                ErrorUri.INVALID_ARGUMENT, "argument " + (index + 1) + ", '" + name + "', must be " + expected);
    }
}
