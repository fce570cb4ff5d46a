package dev.carillon.ready;

import dev.carillon.notification.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import jakarta.inject.Inject;

/** Where it arrives that users should know something. */
@ApplicationScoped
class UserNews {

    private final Event<Notification> notifications;

    @Inject
    UserNews(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    UserNews() {
        this(null); // for the client proxy only
    }

    void fired(@Observes ForUser news) {
        notifications.fire(news.notification());
    }

    /** In a thread without the transaction, which the notification has not forgotten. */
    void firedAsync(@ObservesAsync ForUser news) {
        notifications.fireAsync(news.notification());
    }
}
