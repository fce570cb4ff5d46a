package dev.carillon.store;

import java.util.Optional;

/**
 * Where histories are kept.
 *
 * @param datasource its name in JNDI
 * @param owner whose histories they are, if several applications or servers share the tables; empty for the application's
 *     own name
 */
public record StoreSettings(String datasource, Optional<String> owner) {

    private static final int LONGEST_OWNER = 200;

    public StoreSettings {
        if (owner.filter(name -> name.length() > LONGEST_OWNER).isPresent()) {
            throw new IllegalArgumentException(
                    "history.owner is longer than " + LONGEST_OWNER + " characters, which is as much as a row holds");
        }
    }
}
