package dev.carillon.it.aftercommit;

import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import jakarta.enterprise.context.ApplicationScoped;

/** Whoever has a session may hear of parcels. */
@Topic("parcels/{id: \\d+}")
@ApplicationScoped
public class ParcelTopic implements TopicHandler {}
