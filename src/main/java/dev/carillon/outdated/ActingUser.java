package dev.carillon.outdated;

import java.util.Optional;

/**
 * Who changes something, for work that the container knows no user of, such as a batch: a CDI bean, asked before the
 * container is.
 */
public interface ActingUser {

    /** Empty if this bean does not know; the container is asked then. */
    Optional<String> name();
}
