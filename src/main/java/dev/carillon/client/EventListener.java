package dev.carillon.client;

import dev.carillon.protocol.Dict;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hears the events of a subscription, one after the other, in the order of their arrival. What it throws is logged, and
 * the next event comes.
 */
@FunctionalInterface
public interface EventListener {

    void heard(ReceivedEvent event) throws Exception;

    /**
     * One delivery of a publication.
     *
     * @param topic what was published to
     * @param publication the id of the publication, the same for all who hear it
     * @param details what the router says of the event
     */
    record ReceivedEvent(String topic, long publication, Received arguments, Dict details) {

        /** The first argument, which is what {@code Notification.with} has sent; null if there is none. */
        public <T> @Nullable T payload(Class<T> type) {
            return arguments.get(0, type);
        }

        /** Where in its topic's history the event stands, for who has asked for that; empty if it is in none. */
        public Optional<String> position() {
            return details.string("_position");
        }

        /** Whether it was published before the subscription, and missed. */
        public boolean isReplayed() {
            return details.flag("_replayed", false);
        }

        /**
         * How many events before this one the router has dropped, or replaced by this one, as this session reads too slowly;
         * 0 as a rule.
         */
        public long dropped() {
            return details.integer("_dropped", 0);
        }

        /** Whether it was kept for those who subscribe later. Advanced Profile, "Event Retention". */
        public boolean isRetained() {
            return details.flag("retained", false);
        }
    }
}
