package dev.carillon.session;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of an event for a receiver that reads too slowly. Other messages that have no room end its session. */
public enum OutboxPolicy {
    /** It ends the session if it has no room. */
    DISCONNECT,
    /** It is dropped if it has no room, and the receiver told so. */
    DROP_NEWEST,
    /** It takes the place of an older one of its topic that still waits; without one, it ends the session if it has no room. */
    KEEP_LATEST;

    /** The policy of this name in configuration, such as {@code keep-latest}. */
    static Optional<OutboxPolicy> of(String name) {
        return Stream.of(values())
                .filter(policy -> policy.configured().equals(name))
                .findFirst();
    }

    private String configured() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
