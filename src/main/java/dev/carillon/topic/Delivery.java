package dev.carillon.topic;

import dev.carillon.broker.TopicHooks.Edited;
import dev.carillon.protocol.Payload;
import dev.carillon.security.Audience;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.OutboxPolicy;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonValue;
import jakarta.json.bind.Jsonb;
import java.io.StringReader;
import java.lang.reflect.Type;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a publication, in the hands of a {@link TopicHandler}: to whom it goes, and what it says. Receivers
 * add up; without any, nobody gets it.
 */
public final class Delivery {

    private final Jsonb jsonb;
    private Payload payload;
    private boolean everybody;
    private final Set<String> users = new HashSet<>();
    private final Set<String> roles = new HashSet<>();
    private final Set<Long> sessions = new HashSet<>();

    Delivery(Payload payload, Jsonb jsonb) {
        this.payload = payload;
        this.jsonb = jsonb;
    }

    /** To all who subscribed. */
    public void broadcast() {
        everybody = true;
    }

    /** To these users' sessions among those who subscribed. */
    public void toUsers(String... names) {
        users.addAll(List.of(names));
    }

    /** To those who have one of these roles among those who subscribed. */
    public void toRoles(String... names) {
        roles.addAll(List.of(names));
    }

    /** To these WAMP sessions among those who subscribed. */
    public void toSessions(long... ids) {
        for (long id : ids) {
            sessions.add(id);
        }
    }

    /** To nobody, whatever was said before. */
    public void drop() {
        everybody = false;
        users.clear();
        roles.clear();
        sessions.clear();
    }

    /** Says this instead, as the one positional argument. @throws jakarta.json.bind.JsonbException if it cannot be mapped */
    public Delivery with(@Nullable Object replacement) {
        payload = new Payload.Json("[" + (replacement == null ? "null" : jsonb.toJson(replacement)) + "]");
        return this;
    }

    /**
     * The first positional argument.
     *
     * @return null if there is none, or it is null
     * @throws jakarta.json.bind.JsonbException if it cannot be mapped to this type
     */
    public <T> @Nullable T payload(Class<T> type) {
        return type.cast(payload((Type) type));
    }

    /** The first positional argument, for generic types. */
    public @Nullable Object payload(Type type) {
        JsonArray arguments = arguments();
        return arguments.isEmpty() || arguments.get(0) == JsonValue.NULL
                ? null
                : jsonb.fromJson(arguments.get(0).toString(), type);
    }

    Edited edited(String pattern, OutboxPolicy whenFull) {
        Audience audience = everybody ? Audience.EVERYBODY : new Audience(false, users, roles, sessions);
        return new Edited(payload, audience, true, pattern, whenFull);
    }

    private JsonArray arguments() {
        try (var reader = Json.createReader(new StringReader(Serializer.json(payload)))) {
            JsonArray parts = reader.readArray();
            return parts.isEmpty() ? parts : parts.getJsonArray(0);
        }
    }
}
