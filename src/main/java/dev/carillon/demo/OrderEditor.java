package dev.carillon.demo;

import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The edit page's order: detached, and with the version that the user saw, from the first display to the save. */
@Named
@ViewScoped
public class OrderEditor implements Serializable {

    private static final long serialVersionUID = 1L;

    @Inject
    private transient Orders orders;

    @Inject
    private transient OfficeCalendar calendar;

    private @Nullable Long id; // null: the address names no order
    private @Nullable Order order; // null: there is no such order
    private @Nullable String refusal; // null unless a save was refused

    /** Reads the order that the address names. */
    public void load() {
        order = id == null ? null : orders.find(id).orElse(null);
    }

    /** Saves and goes back to the list; stays here if somebody else was first. */
    public @Nullable String save() {
        try {
            orders.save(order);
        } catch (ChangedMeanwhile tooLate) {
            refusal = whoWasFirst();
            return null;
        }
        FacesContext faces = FacesContext.getCurrentInstance();
        faces.getExternalContext().getFlash().setKeepMessages(true);
        faces.addMessage(null, new FacesMessage("Order " + order.getNumber() + " is saved."));
        return "orders?faces-redirect=true";
    }

    private String whoWasFirst() {
        Order current = orders.find(order.getId()).orElse(null);
        return current == null
                ? "This order does not exist any more."
                : "Not saved: %s saved order %d first (%s; it is %s now)."
                        .formatted(
                                current.getChangedBy(),
                                current.getNumber(),
                                calendar.when(current.getChangedAt()),
                                current.getStatus().label());
    }

    public @Nullable Long getId() {
        return id;
    }

    public void setId(@Nullable Long id) {
        this.id = id;
    }

    public @Nullable Order getOrder() {
        return order;
    }

    /** Why the last save was refused; null if none was. */
    public @Nullable String getRefusal() {
        return refusal;
    }

    public OrderStatus[] getStatuses() {
        return OrderStatus.values();
    }
}
