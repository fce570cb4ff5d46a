package dev.carillon.realm;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.PayloadPassthru;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** A list is looked through for each subscriber, and kept with an event that is retained or in a history. */
    static final int MOST_ENTRIES = 1000;

    static final int LONGEST_NAME = 255;

    private static final PublishOptions NONE =
            new PublishOptions(false, true, false, false, List.of(), Audience.NOBODY, Dict.EMPTY);

    /**
     * @throws dev.carillon.protocol.WampError {@code wamp.error.invalid_argument} if an option has a wrong type,
     *     or a list or a name is too long
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
        ids(options, "eligible").map(Audience::ofSessions).ifPresent(lists::add);
        names(options, "eligible_authid").map(Audience::ofUsers).ifPresent(lists::add);
        names(options, "eligible_authrole").map(Audience::ofRoles).ifPresent(lists::add);
        return lists;
    }

    private static Audience excluded(Dict options) {
        return new Audience(
                false,
                names(options, "exclude_authid").orElse(Set.of()),
                names(options, "exclude_authrole").orElse(Set.of()),
                ids(options, "exclude").orElse(Set.of()));
    }

    private static Optional<Set<Long>> ids(Dict options, String key) {
        Optional<Set<Long>> ids = options.ids(key);
        ids.ifPresent(list -> requireShort(list, key));
        return ids;
    }

    private static Optional<Set<String>> names(Dict options, String key) {
        Optional<Set<String>> names = options.strings(key).map(HashSet::new);
        names.ifPresent(list -> {
            requireShort(list, key);
            if (list.stream().anyMatch(name -> name.length() > LONGEST_NAME)) {
                throw new WampError(
                        ErrorUri.INVALID_ARGUMENT, "a name in '" + key + "' is longer than " + LONGEST_NAME);
            }
        });
        return names;
    }

    private static void requireShort(Set<?> list, String key) {
        if (list.size() > MOST_ENTRIES) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'" + key + "' has more than " + MOST_ENTRIES + " entries");
        }
    }
}
