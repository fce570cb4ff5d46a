package dev.carillon.ready;

import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Topic;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Where all users are told that rights have changed; one alone is told at his topic {@code rights}. Nothing is said but
 * that.
 */
@Topic(RightsTopic.TOPIC)
@ApplicationScoped
public class RightsTopic extends BroadcastTopic {

    public static final String TOPIC = "carillon/rights";
}
