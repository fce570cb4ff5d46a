package dev.carillon.client;

import dev.carillon.protocol.Payload;
import java.lang.reflect.Type;
import org.jspecify.annotations.Nullable;

/** Between an application's objects and payloads. Safe for use by many threads. */
public interface Mapping {

    /** @throws IllegalArgumentException if an argument cannot be mapped; the message names it */
    Payload write(Arguments arguments);

    /** Takes a payload apart, without mapping its values to anything yet. */
    Received read(Payload payload);

    /** One value of a received payload, still unmapped. */
    interface Value {

        /** Whether it is null. */
        boolean isNull();

        /**
         * @return null if the value is null, and the type is not a primitive one
         * @throws IllegalArgumentException if the value does not fit the type; the message says what was expected
         */
        @Nullable
        Object as(Type type);
    }
}
