package dev.carillon.session;

/**
 * What an event says of itself that need not reach every receiver.
 *
 * @param marked whether its receivers understand an event without payload that says where a gap is
 * @param topics the declared pattern, under which it is counted if it is dropped
 */
public record Droppable(OutboxPolicy whenFull, boolean marked, String topics) {}
