package dev.carillon.it.revocation;

import dev.carillon.notification.Notification;
import dev.carillon.notification.RightsChanged;
import jakarta.annotation.Resource;
import jakarta.ejb.EJBContext;
import jakarta.ejb.Stateless;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.concurrent.TimeUnit;

/** Whoever is a member has rights; each method is a transaction. */
@Stateless
public class Staff {

    private static final long PATIENCE_SECONDS = 20;

    private final Event<RightsChanged> changes;
    private final Event<Notification> notifications;
    private final Bell bell;

    @PersistenceContext
    private EntityManager members;

    @Resource
    private EJBContext context;

    @Inject
    public Staff(Event<RightsChanged> changes, Event<Notification> notifications, Bell bell) {
        this.changes = changes;
        this.notifications = notifications;
        this.bell = bell;
    }

    protected Staff() {
        this(null, null, null); // for the container's proxy only
    }

    public boolean includes(String name) {
        return members.find(Member.class, name) != null;
    }

    public void hire(String name) {
        members.merge(new Member(name));
    }

    public void dismiss(String name) {
        announce("before " + name + " goes");
        remove(name);
        changes.fire(RightsChanged.of(name));
        announce(name + " has gone");
    }

    /** The observers are done long before the transaction is. */
    public void dismissAsync(String name) {
        changes.fireAsync(RightsChanged.of(name))
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        bell.ring();
        remove(name);
    }

    public void dismissInVain(String name) {
        dismiss(name);
        changes.fireAsync(RightsChanged.ofEverybody())
                .toCompletableFuture()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        context.setRollbackOnly();
    }

    public void announce(String text) {
        notifications.fire(Notification.to("office/board").with(text));
    }

    private void remove(String name) {
        members.remove(members.find(Member.class, name));
        members.flush();
    }
}
