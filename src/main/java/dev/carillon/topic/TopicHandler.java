package dev.carillon.topic;

/**
 * Decides about the topics that its {@link Topic} qualifier describes. A CDI bean; called with an active request context
 * by the thread of the session that asks, never by two threads for one session.
 */
public interface TopicHandler {

    /**
     * Called before the subscription exists; returning allows it.
     *
     * @throws Denied to refuse: the peer gets {@code wamp.error.not_authorized} with the sentence of the exception. Any
     *     other exception refuses as well, and is told to the log only.
     */
    default void onSubscribe(Subscriber who, TopicRequest request) {}
}
