package dev.carillon.realm;

import dev.carillon.protocol.Dict;
import dev.carillon.security.Identity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a WELCOME says: who the peer is now, and what the router can do. A feature is listed when it works and a test
 * covers it; both roles are always there, because clients look into them unasked.
 */
final class WelcomeDetails {

    private static final Map<String, Boolean> BROKER = Map.of(
            "publisher_exclusion", true,
            "subscriber_blackwhite_listing", true,
            "publisher_identification", true,
            "pattern_based_subscription", true,
            "event_retention", true,
            "subscription_revocation", true,
            "payload_passthru_mode", true);

    private static final Map<String, ?> ROLES = new TreeMap<>(Map.of( // sorted: the same text at every start
            "broker", Map.of("features", new TreeMap<>(BROKER)),
            "dealer", Map.of("features", Map.of())));

    private WelcomeDetails() {}

    static Dict of(String realm, Identity identity) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("agent", "Carillon");
        details.put("realm", realm);
        details.put("authid", identity.authid());
        details.put("authrole", identity.authrole());
        details.put("authmethod", identity.authmethod());
        details.put("authprovider", identity.authprovider());
        details.put("roles", ROLES);
        return new Dict(details);
    }
}
