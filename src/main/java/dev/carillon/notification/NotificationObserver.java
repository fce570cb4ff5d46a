package dev.carillon.notification;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Where fired notifications arrive. */
@ApplicationScoped
class NotificationObserver {

    private final NotificationRelay relay;

    @Inject
    NotificationObserver(NotificationRelay relay) {
        this.relay = relay;
    }

    NotificationObserver() {
        this(null); // for the client proxy only
    }

    void fired(@Observes Notification notification) {
        relay.fired(notification);
    }

    void fired(@Observes RightsChanged change) {
        relay.fired(change);
    }

    void firedAsync(@ObservesAsync RightsChanged change) {
        relay.firedAsync(change);
    }

    void firedAsync(@ObservesAsync Notification notification) {
        relay.firedAsync(notification);
    }
}
