package dev.carillon.store;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.SessionId;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Who may have an event, as a dict to be stored. What is not limited is left out, so that most are empty. */
final class ReceiversDict {

    private ReceiversDict() {}

    static Dict of(Receivers receivers) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (!receivers.within().isEmpty()) {
            entries.put(
                    "within",
                    receivers.within().stream().map(ReceiversDict::entries).toList());
        }
        if (!receivers.without().equals(Audience.NOBODY)) {
            entries.put("without", entries(receivers.without()));
        }
        SessionId publisher = receivers.publisher();
        if (publisher != null) {
            entries.put("publisher", publisher.value());
        }
        return new Dict(entries);
    }

    static Receivers read(Dict dict) {
        List<Audience> within = new ArrayList<>();
        if (dict.entries().get("within") instanceof List<?> audiences) {
            for (Object audience : audiences) {
                within.add(audience(Dict.of("it", audience).dict("it").orElseThrow()));
            }
        }
        return new Receivers(
                within,
                dict.dict("without").map(ReceiversDict::audience).orElse(Audience.NOBODY),
                dict.entries().get("publisher") instanceof Long session ? new SessionId(session) : null);
    }

    private static Map<String, Object> entries(Audience audience) {
        Map<String, Object> entries = new LinkedHashMap<>();
        if (audience.everybody()) {
            entries.put("everybody", true);
        }
        put(entries, "users", audience.users());
        put(entries, "roles", audience.roles());
        put(entries, "sessions", audience.sessions());
        return entries;
    }

    private static void put(Map<String, Object> entries, String key, Set<?> names) {
        if (!names.isEmpty()) {
            entries.put(key, List.copyOf(new TreeSet<>(names)));
        }
    }

    private static Audience audience(Dict dict) {
        Set<Long> sessions = new HashSet<>();
        if (dict.entries().get("sessions") instanceof List<?> ids) {
            ids.forEach(id -> sessions.add((Long) id));
        }
        return new Audience(dict.flag("everybody", false), strings(dict, "users"), strings(dict, "roles"), sessions);
    }

    private static Set<String> strings(Dict dict, String key) {
        return Set.copyOf(dict.strings(key).orElse(List.of()));
    }
}
