package dev.carillon.it.aftercommit;

import dev.carillon.notification.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits for the end of a transaction and only then fires; and counts what everybody fires. */
@ApplicationScoped
public class Clerk {

    private final Event<Notification> notifications;
    private final AtomicInteger fired = new AtomicInteger();

    @Inject
    public Clerk(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    protected Clerk() {
        this(null); // for the client proxy only
    }

    void counts(@Observes Notification any) {
        fired.incrementAndGet();
    }

    /** How many notifications were fired, whatever became of them. */
    public int firedSoFar() {
        return fired.get();
    }

    void done(@Observes(during = TransactionPhase.AFTER_SUCCESS) Deed deed) {
        notifications.fire(Notification.to(deed.topic()).with(deed.text()));
    }
}
