package dev.carillon.it.aftercommit;

import static jakarta.ejb.TransactionAttributeType.NOT_SUPPORTED;
import static jakarta.ejb.TransactionAttributeType.REQUIRES_NEW;

import dev.carillon.notification.Notification;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;

/** An EJB whose methods run in a transaction, and which can run the code of a test in one. */
@Stateless
public class Depot {

    private final Event<Notification> notifications;

    @PersistenceContext
    private EntityManager parcels;

    @Resource
    private EJBContext context;

    @Inject
    public Depot(Event<Notification> notifications) {
        this.notifications = notifications;
    }

    protected Depot() {
        this(null); // for the container's proxy only
    }

    public void announce(String topic, Object payload) {
        notifications.fire(Notification.to(topic).with(payload));
    }

    /** Whatever transaction the caller is in, this is not part of it. */
    @TransactionAttribute(NOT_SUPPORTED)
    public void announceAtOnce(String topic, Object payload) {
        notifications.fire(Notification.to(topic).with(payload));
    }

    /** Written by the flush at commit. */
    public void add(Parcel parcel) {
        parcels.persist(parcel);
    }

    /** Written by the flush at commit. */
    public void move(long id, String place) {
        parcels.find(Parcel.class, id).setPlace(place);
    }

    /** Written by the flush at commit. */
    public void remove(long id) {
        parcels.remove(parcels.find(Parcel.class, id));
    }

    public void flush() {
        parcels.flush();
    }

    public Parcel find(long id) {
        return parcels.find(Parcel.class, id);
    }

    public void inTransaction(Runnable work) {
        work.run();
    }

    @TransactionAttribute(REQUIRES_NEW)
    public void inNewTransaction(Runnable work) {
        work.run();
    }

    public void setRollbackOnly() {
        context.setRollbackOnly();
    }
}
