package dev.carillon.outdated;

import dev.carillon.topic.Subscriber;
import java.util.Optional;

/**
 * Decides who may learn of changes, where roles do not say enough: a CDI bean. It is asked when a page subscribes, as a
 * {@link dev.carillon.topic.TopicHandler} is, and again when the application fires {@code RightsChanged}.
 */
public interface ContentRights {

    /** Whether this bean decides about a type, instead of roles. @param type as in {@link ContentTag} */
    boolean decidesAbout(String type);

    /**
     * Whether the right may differ from one record to the other. Each record then has a topic of its own, and the bean is
     * asked about it; without, whoever may learn of the type learns the ids of all records that change.
     */
    default boolean byRecord(String type) {
        return false;
    }

    /**
     * Whether a logged-in user may learn of changes.
     *
     * @param id of the record; empty for all of the type: with {@link #byRecord} that tells only that something of it was
     *     changed, and by whom
     */
    boolean mayLearn(Subscriber who, String type, Optional<String> id);
}
