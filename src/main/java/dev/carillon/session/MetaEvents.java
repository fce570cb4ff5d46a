package dev.carillon.session;

import dev.carillon.protocol.Uri;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where the router itself publishes what happens in it. Called within the realm's turn. Advanced Profile, "Session Meta
 * API" and its sisters.
 */
@FunctionalInterface
public interface MetaEvents {

    MetaEvents NONE = (topic, arguments) -> new Deliveries();

    /** @param arguments the positional arguments; asked for only if somebody subscribes */
    Deliveries publish(Uri topic, Supplier<List<?>> arguments);
}
