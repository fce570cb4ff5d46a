/**
 * Topics as an application declares them: {@link dev.carillon.topic.Topic} names the pattern,
 * {@link dev.carillon.topic.TopicHandler} says who may subscribe; and {@link dev.carillon.topic.Positions}, where they are in
 * their histories. Imports {@code realm} and below.
 */
@NullMarked
package dev.carillon.topic;

import org.jspecify.annotations.NullMarked;
