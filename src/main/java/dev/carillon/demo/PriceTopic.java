package dev.carillon.demo;

import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Topic;
import dev.carillon.topic.WhenFull;
import jakarta.enterprise.context.ApplicationScoped;

/** The price of one thing, for everybody who is logged in. Who reads slowly gets the latest price rather than all. */
@Topic(value = "prices/{symbol}", whenFull = WhenFull.KEEP_LATEST)
@ApplicationScoped
class PriceTopic extends BroadcastTopic {}
