package dev.carillon.history;

import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Where the names of epochs come from. */
public final class Epochs {

    private static final int LETTERS_AND_DIGITS = 36;
    private static final long FIRST_OF_EIGHT_PLACES = 78_364_164_096L; // 36^7

    private Epochs() {}

    /** Eight letters and digits each. As safe for use by many threads as {@code random} is. */
    public static Supplier<String> random(RandomGenerator random) {
        return () -> Long.toString(
                random.nextLong(FIRST_OF_EIGHT_PLACES, FIRST_OF_EIGHT_PLACES * LETTERS_AND_DIGITS), LETTERS_AND_DIGITS);
    }
}
