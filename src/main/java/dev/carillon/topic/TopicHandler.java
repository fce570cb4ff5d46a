package dev.carillon.topic;

import dev.carillon.matching.UriPattern;

/**
 * Decides about the topics that its {@link Topic} qualifier describes. A CDI bean; called with an active request context
 * and outside any lock of the router. Sessions are served by different threads at the same time.
 */
public interface TopicHandler {

    /**
     * Called before the subscription exists; returning allows it. Who subscribes to a topic twice is asked about twice, and
     * whoever has a subscription is asked about again when the application says that rights have changed.
     *
     * @throws Denied to refuse: the peer gets {@code wamp.error.not_authorized} with the sentence of the exception. Any
     *     other exception refuses as well, and is told to the log only.
     */
    default void onSubscribe(Subscriber who, TopicRequest request) {}

    /**
     * Called before a subscription to a pattern exists that may match some of these topics: {@code prefix} or
     * {@code wildcard}. Returning lets the subscriber have all of them that it matches, so return only if
     * {@link #onSubscribe} would for each. All handlers whose topics it may match are asked, and one that refuses is
     * enough.
     *
     * @throws Denied to refuse, as this does unless it is overridden
     */
    default void onSubscribe(Subscriber who, UriPattern topics) {
        throw new Denied("a pattern subscription is not offered for these topics");
    }

    /** Called after a subscription to a pattern has ended that may match some of these topics. */
    default void onUnsubscribe(Subscriber who, UriPattern topics) {}

    /** Called after the subscription has ended: by the peer's wish, or with its session, however that ended. */
    default void onUnsubscribe(Subscriber who, TopicRequest request) {}

    /**
     * Whether a logged-in user may know who subscribes to the topic, by subscribing to {@code carillon.presence.TOPIC}.
     * Back-ends are not asked about, nor are sessions to which configuration or a dynamic authorizer grants it.
     */
    default boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
        return false;
    }

    /**
     * Whether a logged-in user's PUBLISH is taken. The application and its back-ends are not asked about; nor are
     * sessions to which configuration or a dynamic authorizer grants it; nor visitors, to whom only these two can.
     */
    default boolean mayPublish(Publisher who, TopicRequest request) {
        return false;
    }

    /** Who may subscribe, in words that administrators are shown; nothing is decided by them. */
    default String subscribersInWords() {
        return "whom the handler allows";
    }

    /** Who may publish besides the application and its back-ends, in such words. */
    default String publishersInWords() {
        return "whom the handler allows";
    }

    /**
     * Called for each publication, also of the application itself, before it is delivered: says to whom, and may replace
     * what is said. A handler that says nothing drops it.
     *
     * @throws Denied to refuse: the publisher gets {@code wamp.error.not_authorized} with the sentence of the exception,
     *     if it asked for an answer. Any other exception drops the publication too, and is told to the log only.
     */
    default void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
        delivery.broadcast();
    }
}
