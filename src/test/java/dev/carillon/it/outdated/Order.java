package dev.carillon.it.outdated;

import dev.carillon.outdated.ContentRoles;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.ArrayList;
import java.util.List;

/** Without a version: JPA itself does not tell when a note is added. */
@Entity
@Table(name = "orders")
@ContentRoles("sales")
public class Order {

    @Id
    @GeneratedValue
    private Long id;

    private String customer = "";

    @ElementCollection(fetch = FetchType.EAGER)
    private List<String> notes = new ArrayList<>();

    public Order() {}

    Order(String customer) {
        this.customer = customer;
    }

    public Long getId() {
        return id;
    }

    public String getCustomer() {
        return customer;
    }

    public void setCustomer(String customer) {
        this.customer = customer;
    }

    public List<String> getNotes() {
        return notes;
    }
}
