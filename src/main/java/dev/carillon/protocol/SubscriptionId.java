package dev.carillon.protocol;

/** Names what a topic's subscribers share. Basic Profile, "IDs", router scope. */
public record SubscriptionId(long value) {

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
