package dev.carillon.it.procedures;

import jakarta.enterprise.context.RequestScoped;

/** Lives as long as one call. */
@RequestScoped
public class Visit {

    private int count;

    public int count() {
        return ++count;
    }
}
