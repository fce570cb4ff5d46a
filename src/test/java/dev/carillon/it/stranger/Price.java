package dev.carillon.it.stranger;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;

/** What a product costs. */
@Entity
public class Price {

    @Id
    private String product;

    private int cents;

    protected Price() {}

    Price(String product, int cents) {
        this.product = product;
        this.cents = cents;
    }

    public String product() {
        return product;
    }

    public int cents() {
        return cents;
    }
}
