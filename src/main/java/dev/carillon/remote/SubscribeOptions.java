package dev.carillon.remote;

import java.util.Optional;

/**
 * How to subscribe.
 *
 * <pre>{@code
 * client.subscribe("orders/", SubscribeOptions.prefix().after(position).onGap(gap -> reload()), event -> show(event));
 * }</pre>
 *
 * @param match {@code exact}, {@code prefix} or {@code wildcard}. Advanced Profile, "Pattern-based Subscriptions"
 * @param retained whether to have what is retained, at the first subscription
 * @param after the position in the history behind which everything is wanted; empty: from now on
 * @param onGap told when events were missed that are not there any more
 */
public record SubscribeOptions(String match, boolean retained, Optional<String> after, GapListener onGap) {

    /** To be told that something is missing: load the data again. */
    @FunctionalInterface
    public interface GapListener {

        /** In order with the events. @param topic what was subscribed to */
        void missed(String topic) throws Exception;
    }

    public static SubscribeOptions exact() {
        return new SubscribeOptions("exact", false, Optional.empty(), topic -> {});
    }

    /** All topics that begin with the text. */
    public static SubscribeOptions prefix() {
        return new SubscribeOptions("prefix", false, Optional.empty(), topic -> {});
    }

    /** All topics with as many components between dots; an empty one stands for any. */
    public static SubscribeOptions wildcard() {
        return new SubscribeOptions("wildcard", false, Optional.empty(), topic -> {});
    }

    /** The same, with what is retained. */
    public SubscribeOptions withRetained() {
        return new SubscribeOptions(match, true, after, onGap);
    }

    /** The same, from this position on. */
    public SubscribeOptions after(String position) {
        return new SubscribeOptions(match, retained, Optional.of(position), onGap);
    }

    /** The same, with somebody who is told of gaps. */
    public SubscribeOptions onGap(GapListener listener) {
        return new SubscribeOptions(match, retained, after, listener);
    }
}
