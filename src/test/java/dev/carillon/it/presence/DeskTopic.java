package dev.carillon.it.presence;

import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicRequest;
import jakarta.enterprise.context.ApplicationScoped;

/** Everybody may sit there; only colleagues may see who does. */
@Topic("desks/{name}")
@ApplicationScoped
public class DeskTopic extends BroadcastTopic {

    @Override
    public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
        return who.isInRole("sales");
    }
}
