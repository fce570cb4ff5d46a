package dev.carillon.realm;

import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.function.Supplier;

/** A turn on behalf of a session. */
@FunctionalInterface
interface Turns {

    /** @return false if the session has ended, so that nothing was done */
    boolean turn(Session from, Supplier<Deliveries> work);
}
