package dev.carillon.history;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import java.time.Instant;

/**
 * A publication that a history holds.
 *
 * @param sequence counts the events of a history from 1, without holes
 * @param time when it was published, in whole milliseconds
 * @param details what its EVENT says of the publisher and of the payload's encryption; not the topic, nor the position
 * @param receivers who of the topic's subscribers may have it
 */
public record StoredEvent(
        long sequence,
        Uri topic,
        PublicationId publication,
        Instant time,
        Dict details,
        Payload payload,
        Receivers receivers) {

    /** What this takes to keep, in bytes: a close estimate. */
    int size() {
        return payload.size() + details.size() + topic.value().length() + receivers.size();
    }
}
