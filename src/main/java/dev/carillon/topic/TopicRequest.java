package dev.carillon.topic;

import java.util.Map;

/** The topic that somebody asks for, and what its pattern made of it. */
public final class TopicRequest {

    private final String topic;
    private final Map<String, String> placeholders;

    TopicRequest(String topic, Map<String, String> placeholders) {
        this.topic = topic;
        this.placeholders = placeholders;
    }

    /** The whole URI. */
    public String topic() {
        return topic;
    }

    /**
     * What stands at a placeholder of the pattern.
     *
     * @throws IllegalArgumentException if the pattern has no placeholder of this name
     */
    public String get(String placeholder) {
        String value = placeholders.get(placeholder);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The pattern has no placeholder {" + placeholder + "}; it has " + placeholders.keySet());
        }
        return value;
    }
}
