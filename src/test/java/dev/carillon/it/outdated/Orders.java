package dev.carillon.it.outdated;

import dev.carillon.outdated.ContentChanges;
import dev.carillon.procedure.Procedure;
import jakarta.annotation.security.PermitAll;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.List;

/** Each method is a transaction. */
@Stateless
@PermitAll
public class Orders {

    @PersistenceContext
    private EntityManager entities;

    @Inject
    private ContentChanges changes;

    public Order find(long id) {
        return entities.find(Order.class, id);
    }

    public List<Order> all() {
        return entities.createQuery("select o from Order o order by o.id", Order.class)
                .getResultList();
    }

    public long add(String customer) {
        Order order = new Order(customer);
        entities.persist(order);
        return order.getId();
    }

    public void edit(long id, String customer) {
        find(id).setCustomer(customer);
    }

    /** Called by pages. */
    @Procedure(value = "orders.edit", roles = "sales")
    public void editByCall(long id, String customer) {
        edit(id, customer);
    }

    @Asynchronous
    public void editLater(long id, String customer) {
        edit(id, customer);
    }

    /** Flushes more than once, as long transactions do. */
    public void editSlowly(long id, String customer) {
        for (int i = 1; i <= 3; i++) {
            find(id).setCustomer(customer + " " + i);
            entities.flush();
        }
        entities.persist(new Order(customer));
    }

    public void editInVain(long id, String customer) {
        find(id).setCustomer(customer);
        entities.flush();
        throw new IllegalStateException("everything is rolled back");
    }

    public void note(long id, String note) {
        find(id).getNotes().add(note);
    }

    public void remove(long id) {
        entities.remove(find(id));
    }

    /** JPA calls no listener for a query. */
    public void editByQuery(long id, String customer) {
        entities.createQuery("update Order o set o.customer = :customer where o.id = :id")
                .setParameter("customer", customer)
                .setParameter("id", id)
                .executeUpdate();
        changes.edited(find(id));
    }
}
