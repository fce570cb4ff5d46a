package dev.carillon.demo;

import dev.carillon.topic.Delivery;
import dev.carillon.topic.Denied;
import dev.carillon.topic.Publisher;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The team's chat. Pages publish to it: what they say is checked, stored and stamped with who really said it, before
 * anybody gets it.
 */
@Topic("chat")
@ApplicationScoped
class ChatTopic implements TopicHandler {

    private final ChatLog log;

    @Inject
    ChatTopic(ChatLog log) {
        this.log = log;
    }

    /** For the container's proxy only. */
    protected ChatTopic() {
        this(null);
    }

    @Override
    public boolean mayPublish(Publisher who, TopicRequest request) {
        return true; // everybody who is logged in
    }

    @Override
    public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
        return true;
    }

    @Override
    public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
        String text = delivery.payload(String.class);
        if (text == null || text.isBlank()) {
            throw new Denied("There is nothing in this message");
        }
        if (text.length() > ChatMessage.TEXT_LENGTH) {
            throw new Denied("A message has " + ChatMessage.TEXT_LENGTH + " characters at most");
        }
        delivery.with(log.add(who.name(), text.strip())).broadcast();
    }

    @Override
    public String subscribersInWords() {
        return "everybody who is logged in";
    }
}
