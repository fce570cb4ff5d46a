package dev.carillon.it.rights;

import jakarta.enterprise.context.RequestScoped;

/** There is one for each call of a handler. */
@RequestScoped
public class Visit {

    private boolean begun;

    public void begin() {
        if (begun) {
            throw new IllegalStateException("this request context has been used before");
        }
        begun = true;
    }
}
