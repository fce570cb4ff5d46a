package dev.carillon.it.outdated;

import jakarta.ejb.EJB;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.List;

/** The order that a page shows, read when it is opened and kept as long as the view lives. */
@Named
@ViewScoped
public class OrderPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @EJB
    private Orders orders;

    private long id;
    private String mode = "viewing";
    private transient Order order;
    private String customer;

    public void load() {
        if (id != 0 && customer == null) {
            order = orders.find(id);
            customer = order.getCustomer();
        }
    }

    public String save() {
        orders.edit(id, customer);
        return "order?faces-redirect=true&id=" + id;
    }

    /** By ajax: the page stays. */
    public void apply() {
        orders.edit(id, customer);
    }

    public void startEditing() {
        mode = "editing";
    }

    public List<Order> getAll() {
        return orders.all();
    }

    public Order getOrder() {
        if (order == null && id != 0) {
            order = orders.find(id);
        }
        return order;
    }

    public long getId() {
        return id;
    }

    public void setId(long id) {
        this.id = id;
    }

    public String getMode() {
        return mode;
    }

    public void setMode(String mode) {
        this.mode = mode;
    }

    public String getCustomer() {
        return customer;
    }

    public void setCustomer(String customer) {
        this.customer = customer;
    }
}
