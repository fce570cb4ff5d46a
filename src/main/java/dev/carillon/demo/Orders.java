package dev.carillon.demo;

import dev.carillon.notification.Notification;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The orders of the back office, and the place where Carillon comes in: a change and the notifications about it belong
 * to one transaction. Pages hear of it after the commit; if it is rolled back they hear nothing.
 */
@Stateless
@RolesAllowed({Roles.SALES, Roles.ADMINISTRATOR})
public class Orders {

    private final Event<Notification> notifications;

    @PersistenceContext
    private EntityManager entities;

    @Resource
    private SessionContext caller;

    @Inject
    public Orders(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    /** For the container's proxy only. */
    protected Orders() {
        this(null);
    }

    /** All orders, the latest first. */
    public List<Order> all() {
        return entities.createQuery("select o from CustomerOrder o order by o.number desc", Order.class)
                .getResultList();
    }

    /** The order as it is now, if there is one with this id. */
    public Optional<Order> find(long id) {
        return Optional.ofNullable(entities.find(Order.class, id));
    }

    /**
     * Saves an order that was read and edited before, and tells everybody who looks at it or at the list. Nothing
     * happens if nothing was edited.
     *
     * @throws ChangedMeanwhile if somebody else saved the order since it was read
     */
    public void save(Order edited) throws ChangedMeanwhile {
        Order stored = entities.find(Order.class, edited.getId());
        if (stored == null || stored.getVersion() != edited.getVersion()) {
            throw new ChangedMeanwhile(edited);
        }
        if (!edited.differsFrom(stored)) {
            return;
        }
        OrderStatus before = stored.getStatus();
        Order saved = entities.merge(edited);
        saved.changed(caller.getCallerPrincipal().getName(), Instant.now());
        flush(saved);
        tell(OrderChanged.from(before, saved));
    }

    /** Writes now, so that a change that won the race since {@code find} is noticed here and not in the commit. */
    private void flush(Order order) throws ChangedMeanwhile {
        try {
            entities.flush();
        } catch (OptimisticLockException lost) {
            throw new ChangedMeanwhile(order);
        }
    }

    private void tell(OrderChanged change) {
        notifications.fire(Notification.to("orders").with(change));
        notifications.fire(Notification.to("orders/" + change.id()).with(change));
    }
}
