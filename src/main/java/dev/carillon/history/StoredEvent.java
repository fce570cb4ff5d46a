package dev.carillon.history;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import java.time.Instant;

/**
 * A publication that a history holds; or, of one against certain sessions, only that there was one: nobody who comes later
 * may have it, since it would reach the next session of a user who was not to have it, but must learn of the gap.
 *
 * @param sequence counts the events of a history from 1, without holes
 * @param time when it was published, in whole milliseconds
 * @param details what its EVENT says of the publisher and of the payload's encryption; not the topic, nor the position
 * @param payload none if it is withheld
 * @param receivers who of the topic's subscribers may have it, or could when it was published
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

    /** Whether nobody may have it any more. */
    public boolean isWithheld() {
        return !receivers.lasts();
    }
}
