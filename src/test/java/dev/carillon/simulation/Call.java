package dev.carillon.simulation;

import org.jspecify.annotations.Nullable;

/**
 * A call that its callee has not answered.
 *
 * @param caller null in {@link #OF_THE_PAST} only
 * @param payload unlike that of every other call
 */
record Call(@Nullable Member caller, long request, String payload) {

    /** Stands for the calls of a callee whose session has ended. */
    static final Call OF_THE_PAST = new Call(null, 0, "");
}
