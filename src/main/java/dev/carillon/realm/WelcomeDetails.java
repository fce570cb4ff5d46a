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

    private static final Map<String, ?> ROLES = new TreeMap<>(Map.of( // sorted: the same text at every start
            "broker",
            features(
                    "event_history",
                    "event_retention",
                    "pattern_based_subscription",
                    "payload_passthru_mode",
                    "publisher_exclusion",
                    "publisher_identification",
                    "session_meta_api",
                    "subscriber_blackwhite_listing",
                    "subscription_meta_api",
                    "subscription_revocation"),
            "dealer",
            features(
                    "call_canceling",
                    "call_timeout",
                    "caller_identification",
                    "pattern_based_registration",
                    "payload_passthru_mode",
                    "progressive_call_invocations",
                    "progressive_call_results",
                    "registration_meta_api",
                    "registration_revocation",
                    "session_meta_api",
                    "shared_registration",
                    "testament_meta_api")));

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

    private static Map<String, ?> features(String... names) {
        Map<String, Boolean> features = new TreeMap<>();
        for (String name : names) {
            features.put(name, true);
        }
        return Map.of("features", features);
    }
}
