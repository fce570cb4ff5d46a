package dev.carillon.broker;

import dev.carillon.protocol.Uri;

/**
 * How much is retained of a topic.
 *
 * @param events more than one if they are for different receivers
 * @param bytes a close estimate
 */
public record RetainedTopic(Uri topic, int events, long bytes) {}
