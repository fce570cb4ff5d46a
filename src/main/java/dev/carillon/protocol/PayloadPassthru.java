package dev.carillon.protocol;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The attributes that say how a payload is to be understood, which no router does: {@code ppt_scheme},
 * {@code ppt_serializer}, {@code ppt_cipher}, {@code ppt_keyid}. They travel with the payload, from options to details.
 * Advanced Profile, "Payload Passthru Mode".
 */
public final class PayloadPassthru {

    public static final String FEATURE = "payload_passthru_mode";

    private static final String SCHEME = "ppt_scheme"; // the mode is in use if this is there and not empty
    private static final List<String> OTHERS = List.of("ppt_serializer", "ppt_cipher", "ppt_keyid");

    /** They travel with each event; what is longer belongs into the payload. */
    private static final int LONGEST = 255;

    private PayloadPassthru() {}

    /**
     * The attributes among these options, {@link Dict#EMPTY} if the mode is not in use.
     *
     * @throws WampError {@code wamp.error.invalid_argument} if one is not a string, or is longer than 255
     */
    public static Dict of(Dict options) {
        if (options.entries().isEmpty()) {
            return Dict.EMPTY; // as nearly always
        }
        String scheme = attribute(options, SCHEME).orElse("");
        if (scheme.isEmpty()) {
            return Dict.EMPTY;
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put(SCHEME, scheme);
        for (String name : OTHERS) {
            attribute(options, name).ifPresent(value -> attributes.put(name, value));
        }
        return new Dict(attributes);
    }

    private static Optional<String> attribute(Dict options, String name) {
        Optional<String> value = options.string(name);
        if (value.isPresent() && value.get().length() > LONGEST) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + name + "' is longer than " + LONGEST);
        }
        return value;
    }

    /**
     * The same, of what a peer has sent.
     *
     * @param sender what the peer has announced
     * @param role as which it sends, such as {@code publisher}
     * @throws ProtocolViolation if the mode is in use, and the peer did not announce it
     */
    public static Dict of(Dict options, Features sender, String role) {
        Dict attributes = of(options);
        if (!attributes.entries().isEmpty() && !sender.has(role, FEATURE)) {
            throw new ProtocolViolation(
                    "'" + SCHEME + "' needs " + FEATURE + ", which the " + role + " has not announced");
        }
        return attributes;
    }
}
