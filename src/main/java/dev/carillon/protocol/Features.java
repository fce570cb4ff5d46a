package dev.carillon.protocol;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a peer has announced in HELLO: {@code roles.<role>.features.<feature> = true}. Advanced Profile, "Feature
 * Announcement".
 */
public record Features(Set<String> announced) {

    /** Whether INVOCATIONs to the peer can be interrupted. */
    public static final String CALLEE_CANCELING = "callee.call_canceling";

    public static final Features NONE = new Features(Set.of());

    public Features {
        announced = Set.copyOf(announced);
    }

    /** @throws WampError {@code wamp.error.invalid_argument} if roles or features are not dicts */
    public static Features of(Hello hello) {
        Dict roles = hello.details().dict("roles").orElse(Dict.EMPTY);
        Set<String> announced = new HashSet<>();
        for (String role : roles.entries().keySet()) {
            Dict features = roles.dict(role)
                    .flatMap(details -> details.dict("features"))
                    .orElse(Dict.EMPTY);
            for (Map.Entry<String, ?> feature : features.entries().entrySet()) {
                if (Boolean.TRUE.equals(feature.getValue())) {
                    announced.add(role + '.' + spelling(feature.getKey()));
                }
            }
        }
        return new Features(announced);
    }

    /** @param feature role and feature, such as {@code callee.call_canceling} */
    public boolean has(String feature) {
        return announced.contains(feature);
    }

    /** @param role such as {@code callee} */
    public boolean has(String role, String feature) {
        return announced.contains(role + '.' + feature);
    }

    /** One chapter of the specification has the other spelling. */
    private static String spelling(String feature) {
        String name = feature.toLowerCase(Locale.ROOT);
        return name.equals("call_cancelling") ? "call_canceling" : name;
    }
}
