package dev.carillon.topic;

/**
 * A topic for every logged-in user: extend it, and qualify the class with {@link Topic}. What the application publishes
 * reaches all who subscribed.
 */
public abstract class BroadcastTopic implements TopicHandler {}
