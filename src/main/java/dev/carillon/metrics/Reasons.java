package dev.carillon.metrics;

import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** One counter for each reason for the same thing. There are few reasons, whatever peers say. */
public final class Reasons {

    static final String OTHER = "other";

    /** Reasons come from the code, and are far fewer; this is for who has not read so. */
    private static final int MOST = 100;

    private static final Map<Uri, String> NAMES = new HashMap<>();

    static {
        List.of(
                        ErrorUri.PROTOCOL_VIOLATION,
                        ErrorUri.INVALID_URI,
                        ErrorUri.INVALID_ARGUMENT,
                        ErrorUri.NO_SUCH_SESSION,
                        ErrorUri.NO_SUCH_REALM,
                        ErrorUri.NO_SUCH_SUBSCRIPTION,
                        ErrorUri.NO_SUCH_PROCEDURE,
                        ErrorUri.NO_SUCH_REGISTRATION,
                        ErrorUri.PROCEDURE_ALREADY_EXISTS,
                        ErrorUri.DIFFERENT_INVOCATION_POLICY,
                        ErrorUri.CANCELED,
                        ErrorUri.TIMEOUT,
                        ErrorUri.FEATURE_NOT_SUPPORTED,
                        ErrorUri.PAYLOAD_SIZE_EXCEEDED,
                        ErrorUri.NOT_AUTHORIZED,
                        ErrorUri.DISCLOSURE_DISALLOWED,
                        ErrorUri.CALLER_DISCLOSURE_DISALLOWED,
                        ErrorUri.AUTHORIZATION_FAILED,
                        ErrorUri.NO_MATCHING_AUTH_METHOD,
                        ErrorUri.AUTHENTICATION_DENIED,
                        ErrorUri.RATE_LIMITED,
                        ErrorUri.ALREADY_CLOSED,
                        ErrorUri.NOT_CLOSED,
                        ErrorUri.TOO_MANY_SUBSCRIPTIONS,
                        ErrorUri.TOO_MANY_REGISTRATIONS,
                        ErrorUri.TOO_MANY_CALLS,
                        ErrorUri.CALLEE_BUSY,
                        ErrorUri.TOO_MANY_SESSIONS,
                        ErrorUri.TOO_MANY_JOINS,
                        ErrorUri.INTERNAL,
                        CloseUri.NORMAL,
                        CloseUri.GOODBYE_AND_OUT,
                        CloseUri.SYSTEM_SHUTDOWN,
                        CloseUri.KILLED,
                        CloseUri.LOGGED_OUT,
                        CloseUri.REPLACED)
                .forEach(uri -> NAMES.put(uri, lastComponent(uri)));
    }

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    /** The last component of an error's or a close reason's URI; {@value #OTHER} if it is none of the router's own. */
    public static String of(Uri uri) {
        return NAMES.getOrDefault(uri, OTHER);
    }

    void add(String reason) {
        LongAdder counter = counters.get(reason);
        if (counter == null) {
            String bounded = counters.size() < MOST ? reason : OTHER;
            counter = counters.computeIfAbsent(bounded, r -> new LongAdder());
        }
        counter.increment();
    }

    long sum(String reason) {
        LongAdder counter = counters.get(reason);
        return counter == null ? 0 : counter.sum();
    }

    long sum() {
        return counters.values().stream().mapToLong(LongAdder::sum).sum();
    }

    List<Sample> samples(String name) {
        return new TreeMap<>(counters)
                .entrySet().stream()
                        .map(entry -> Sample.counter(
                                name,
                                Map.of("reason", entry.getKey()),
                                entry.getValue().sum()))
                        .toList();
    }

    private static String lastComponent(Uri uri) {
        return uri.value().substring(uri.value().lastIndexOf('.') + 1);
    }
}
