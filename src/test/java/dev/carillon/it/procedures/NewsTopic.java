package dev.carillon.it.procedures;

import dev.carillon.topic.Topic;
import dev.carillon.topic.TopicHandler;
import jakarta.enterprise.context.ApplicationScoped;

@Topic("news/{subject}")
@ApplicationScoped
public class NewsTopic implements TopicHandler {}
