package dev.carillon.simulation;

/**
 * A message that a session must hear, once.
 *
 * @param stream promises of one stream are kept in their order: the events of one publisher, the calls of one caller;
 *     an answer to a request is a stream of its own
 * @param content the message in words; two promises never have the same, unless they are alike in everything that counts
 * @param size the characters of its payload, the least that it takes in an outbox
 */
record Promise(String stream, String content, int size) {

    /** The last message of a session: nothing may come behind it. */
    private static final String LAST = "last";

    static Promise answer(long request, String content) {
        return new Promise("request " + request, content + " to request " + request, 0);
    }

    static Promise answer(long request, String content, String payload) {
        return new Promise("request " + request, content + " to request " + request + payload, payload.length());
    }

    /** @param subscription the topic itself, or a pattern */
    static Promise event(String subscription, String topic, String publisher, String payload) {
        return new Promise("events of " + publisher, event(subscription, topic, payload), payload.length());
    }

    static String event(String subscription, String topic, String payload) {
        return "EVENT of " + topic + " by " + subscription + payload;
    }

    static Promise invocation(String procedure, String caller, String payload) {
        return new Promise("calls of " + caller, "INVOCATION of " + procedure + payload, payload.length());
    }

    static Promise last(String content) {
        return new Promise(LAST, content, 0);
    }

    boolean isLast() {
        return stream.equals(LAST);
    }
}
