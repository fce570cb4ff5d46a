package dev.carillon.ready;

import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * A sign of life that scripts can hear, which they cannot of a WebSocket's pings: an empty event now and then, as long as
 * somebody subscribes.
 */
@Topic(value = PingTopic.TOPIC, visitors = true)
@ApplicationScoped
public class PingTopic implements TopicHandler {

    public static final String TOPIC = "carillon/ping";

    private final KeepAlive keepAlive;

    @Inject
    PingTopic(KeepAlive keepAlive) {
        this.keepAlive = keepAlive;
    }

    /** For the client proxy only. */
    protected PingTopic() {
        this(null);
    }

    @Override
    public void onSubscribe(Subscriber who, TopicRequest request) {
        keepAlive.came(who.session());
    }

    @Override
    public void onUnsubscribe(Subscriber who, TopicRequest request) {
        keepAlive.left(who.session());
    }
}
