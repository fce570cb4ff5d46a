package dev.carillon.broker;

import dev.carillon.metrics.RealmMetrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import dev.carillon.session.OutboxPolicy;

/**
 * What the broker has been asked to publish, and may.
 *
 * @param details what each EVENT says besides: who has published it, and how its payload is packed
 * @param declared whether the application has declared the topic
 * @param retained whether it is kept for those who come later
 * @param pattern as which the topic was declared; it is counted under it
 * @param whenFull what becomes of its events for those who read too slowly
 */
public record Publication(
        Uri topic,
        Payload payload,
        Dict details,
        Receivers receivers,
        boolean declared,
        boolean retained,
        String pattern,
        OutboxPolicy whenFull) {

    /** Of a topic that need not be told from others. */
    public Publication(
            Uri topic, Payload payload, Dict details, Receivers receivers, boolean declared, boolean retained) {
        this(topic, payload, details, receivers, declared, retained, RealmMetrics.UNDECLARED, OutboxPolicy.DISCONNECT);
    }

    /** The same, for others. */
    Publication with(Receivers others) {
        return others.equals(receivers)
                ? this
                : new Publication(topic, payload, details, others, declared, retained, pattern, whenFull);
    }

    /** What this takes to keep, in bytes: a close estimate. */
    int size() {
        return payload.size() + details.size() + topic.value().length() + receivers.size();
    }

    /** Whether only those who announced {@code payload_passthru_mode} understand the payload. */
    boolean isPassedThrough() {
        return !details.entries().isEmpty() && details.has("ppt_scheme");
    }
}
