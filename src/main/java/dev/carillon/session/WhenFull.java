package dev.carillon.session;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What becomes of a topic's event for a receiver that reads too slowly. Other messages always end its session. */
public enum WhenFull {
    /** An event that has no room ends the session, with 1013. Nothing else is lost without a word; the default. */
    DISCONNECT,

    /**
     * An event that has no room is dropped, and the session goes on: for what is worthless when it is late, such as who is
     * typing. The receiver is told that there is a gap.
     */
    DROP_NEWEST,

    /**
     * Of each topic the latest counts: an event takes the place of an older one of its topic that still waits, whether
     * there is room or not. For states, such as prices. The last event of a topic is never lost in this way; one that
     * finds neither an older one nor room ends the session.
     */
    KEEP_LATEST;

    /** The policy of this name in configuration, such as {@code keep-latest}. */
    public static Optional<WhenFull> of(String name) {
        return Stream.of(values())
                .filter(policy -> policy.configured().equals(name))
                .findFirst();
    }

    String configured() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
