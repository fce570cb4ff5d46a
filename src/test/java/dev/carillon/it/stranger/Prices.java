package dev.carillon.it.stranger;

import dev.carillon.notification.Notification;
import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Topic;
import jakarta.ejb.Stateless;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** All that the stranger writes to notify: an injected event, a line to fire it, a topic. */
@Stateless
public class Prices {

    @PersistenceContext
    private EntityManager entities; // unambiguous: Carillon brings no persistence unit

    @Inject
    private Event<Notification> notifications;

    public void set(String product, int cents) {
        entities.merge(new Price(product, cents));
        notifications.fire(Notification.to("prices").with(product + " costs " + cents));
    }

    @Topic("prices")
    @ApplicationScoped
    public static class PricesTopic extends BroadcastTopic {}
}
