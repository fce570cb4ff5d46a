package dev.carillon.it.aftercommit;

import dev.carillon.notification.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;

/** A CDI bean whose methods run in a transaction, and which can run the code of a test in one. */
@ApplicationScoped
@Transactional
public class Courier {

    private final Event<Notification> notifications;

    @Inject
    public Courier(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    protected Courier() {
        this(null); // for the client proxy only
    }

    public void announce(String topic, Object payload) {
        notifications.fire(Notification.to(topic).with(payload));
    }

    public void inTransaction(Runnable work) {
        work.run();
    }
}
