package dev.carillon.cli;

import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What surrounds a command.
 *
 * @param variables those of the process
 * @param colours whether somebody looks at the output who likes them
 * @param nonces new random texts for tickets
 * @param atInterrupt takes what is to be done when the process is told to end
 */
record Environment(
        Map<String, String> variables,
        PrintWriter out,
        PrintWriter err,
        boolean colours,
        Connector connector,
        InstantSource clock,
        Supplier<String> nonces,
        Consumer<Runnable> atInterrupt) {

    /** The value of a variable; empty if it is not set, or to nothing. */
    Optional<String> variable(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }
}
