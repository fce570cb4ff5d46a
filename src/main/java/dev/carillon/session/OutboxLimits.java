package dev.carillon.session;

/**
 * How much may wait for one peer, what is under way included, before its session ends.
 *
 * @param maxMessages 1 or more
 * @param maxBytes of memory that what waits takes, 1 or more; one message may exceed it if nothing else waits
 */
public record OutboxLimits(int maxMessages, long maxBytes) {

    public static final OutboxLimits DEFAULT = new OutboxLimits(8192, 16L << 20);

    /** For a receiver in the same process, which takes what it is sent at once. */
    public static final OutboxLimits NONE = new OutboxLimits(Integer.MAX_VALUE, Long.MAX_VALUE);

    public OutboxLimits {
        if (maxMessages < 1) {
            throw new IllegalArgumentException("outbox.max-messages is " + maxMessages + "; it must be 1 or more");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("outbox.max-bytes is " + maxBytes + "; it must be 1 or more");
        }
    }
}
