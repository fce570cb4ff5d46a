package dev.carillon.remote;

import org.jspecify.annotations.Nullable;

/** A place in a topic's history: {@code EPOCH:SEQUENCE}. Places of two epochs have no order. */
record Position(String epoch, long sequence) {

    /** @return null for what is no position of a router of ours */
    static @Nullable Position of(String text) {
        int colon = text.lastIndexOf(':');
        try {
            return colon < 0 ? null : new Position(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    boolean isAtOrBefore(@Nullable Position other) {
        return other != null && epoch.equals(other.epoch) && sequence <= other.sequence;
    }

    @Override
    public String toString() {
        return epoch + ':' + sequence;
    }
}
