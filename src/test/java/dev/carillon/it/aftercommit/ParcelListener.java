package dev.carillon.it.aftercommit;

import dev.carillon.notification.Notification;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.PostPersist;
import jakarta.persistence.PostRemove;
import jakarta.persistence.PostUpdate;

/** Tells what is written to the database, at the moment of the flush. */
public class ParcelListener {

    private final Event<Notification> notifications;

    @Inject
    public ParcelListener(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    @PostPersist
    void persisted(Parcel parcel) {
        fire(parcel, "persisted in " + parcel.getPlace());
    }

    @PostUpdate
    void updated(Parcel parcel) {
        fire(parcel, "updated to " + parcel.getPlace());
    }

    @PostRemove
    void removed(Parcel parcel) {
        fire(parcel, "removed from " + parcel.getPlace());
    }

    private void fire(Parcel parcel, String text) {
        notifications.fire(Notification.to(parcel.topic()).with(text));
    }
}
