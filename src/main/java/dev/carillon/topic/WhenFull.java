package dev.carillon.topic;

import dev.carillon.session.OutboxPolicy;

/**
 * What becomes of a topic's event for a receiver that reads so slowly that there is no room for it. Whatever is left out is
 * counted, and the receiver is told; the guide's page "Topics" says how.
 */
public enum WhenFull {
    /** The session ends, with 1013: nothing is missed without a word. A page connects again by itself. */
    DISCONNECT(OutboxPolicy.DISCONNECT),

    /** The event is dropped and the session goes on: for what is worthless when it is late, such as who is typing. */
    DROP_NEWEST(OutboxPolicy.DROP_NEWEST),

    /**
     * The latest of each topic counts: an event takes the place of an older one of its topic that still waits, whether
     * there is room or not. For states, such as prices. The last event of a topic is never left out; one that finds
     * neither an older one nor room ends the session.
     */
    KEEP_LATEST(OutboxPolicy.KEEP_LATEST);

    private final OutboxPolicy policy;

    WhenFull(OutboxPolicy policy) {
        this.policy = policy;
    }

    OutboxPolicy policy() {
        return policy;
    }
}
