package dev.carillon.realm;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.PayloadPassthru;
import dev.carillon.protocol.SessionId;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The options of PUBLISH.
 *
 * @param eligible each list that was given; a receiver is in all of them. An empty one is nobody
 * @param passthru how the payload is packed, if the router must not know
 * @param excluded all lists that were given together; a receiver is in none of them
 */
record PublishOptions(
        boolean acknowledge,
        boolean excludeMe,
        boolean discloseMe,
        boolean retain,
        List<Audience> eligible,
        Audience excluded,
        Dict passthru) {

    private static final PublishOptions NONE =
            new PublishOptions(false, true, false, false, List.of(), Audience.NOBODY, Dict.EMPTY);

    /**
     * @throws dev.carillon.protocol.WampError {@code wamp.error.invalid_argument} if an option has a wrong type
     * @throws dev.carillon.protocol.ProtocolViolation if the peer uses what it has not announced
     */
    static PublishOptions of(Dict options, Features announced) {
        if (options.entries().isEmpty()) {
            return NONE; // as nearly always
        }
        return new PublishOptions(
                options.flag("acknowledge", false),
                options.flag("exclude_me", true),
                options.flag("disclose_me", false),
                options.flag("retain", false),
                eligible(options),
                excluded(options),
                PayloadPassthru.of(options, announced, "publisher"));
    }

    /** @param audience whom the topic's handler has it meant for */
    Receivers receivers(Audience audience, SessionId publisher) {
        if (this == NONE && audience.everybody()) {
            return Receivers.allBut(publisher); // as nearly always
        }
        List<Audience> within = new ArrayList<>(eligible);
        within.add(audience);
        return new Receivers(within, excluded, excludeMe ? publisher : null);
    }

    private static List<Audience> eligible(Dict options) {
        List<Audience> lists = new ArrayList<>(0);
        options.ids("eligible").map(Audience::ofSessions).ifPresent(lists::add);
        options.strings("eligible_authid")
                .map(HashSet::new)
                .map(Audience::ofUsers)
                .ifPresent(lists::add);
        options.strings("eligible_authrole")
                .map(HashSet::new)
                .map(Audience::ofRoles)
                .ifPresent(lists::add);
        return lists;
    }

    private static Audience excluded(Dict options) {
        Set<String> users =
                options.strings("exclude_authid").<Set<String>>map(HashSet::new).orElse(Set.of());
        Set<String> roles = options.strings("exclude_authrole")
                .<Set<String>>map(HashSet::new)
                .orElse(Set.of());
        return new Audience(false, users, roles, options.ids("exclude").orElse(Set.of()));
    }
}
