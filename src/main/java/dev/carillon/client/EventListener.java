package dev.carillon.client;

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
     * @param topic what was subscribed to
     * @param publication the id of the publication, the same for all who hear it
     */
    record ReceivedEvent(String topic, long publication, Received arguments) {

        /** The first argument, which is what {@code Notification.with} has sent; null if there is none. */
        public <T> @Nullable T payload(Class<T> type) {
            return arguments.get(0, type);
        }
    }
}
