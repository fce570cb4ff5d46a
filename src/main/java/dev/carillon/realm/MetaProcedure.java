package dev.carillon.realm;

import dev.carillon.protocol.Payload;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A procedure that the router itself serves; {@link Realm#serve} takes in further ones. */
@FunctionalInterface
public interface MetaProcedure {

    /**
     * Looks at the arguments and asks for rights, outside any turn.
     *
     * @return what is to be done within the turn of the call
     * @throws dev.carillon.protocol.WampError what the caller is answered
     */
    Supplier<Answer> prepare(Session caller, MetaArguments arguments);

    /**
     * The payload of the RESULT, and what others are sent behind it.
     */
    record Answer(Payload payload, Deliveries others) {

        /** One positional argument. */
        public static Answer of(@Nullable Object result) {
            return new Answer(new Payload.Values(Arrays.asList(result), Map.of()), new Deliveries());
        }

        static Answer none() {
            return new Answer(Payload.NONE, new Deliveries());
        }
    }
}
