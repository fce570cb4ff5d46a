package dev.carillon.session;

import dev.carillon.protocol.MessageReader;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Where ids of global scope come from. Basic Profile, "IDs": uniformly random in 1 to 2^53. */
public final class Ids {

    private Ids() {}

    /** As safe for use by many threads as {@code random} is. */
    public static LongSupplier random(RandomGenerator random) {
        return () -> random.nextLong(1, MessageReader.MAX_ID + 1);
    }
}
