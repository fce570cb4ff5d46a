package dev.carillon.cli;

import dev.carillon.remote.ConnectionSettings;
import dev.carillon.remote.Credentials;
import dev.carillon.remote.WampClient;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/**
 * The world as a command sees it.
 *
 * @param environment the value of an environment variable
 * @param clients makes a client that is not connected yet
 * @param colours whether what is written is for a terminal that shows them
 */
record Surroundings(
        PrintWriter out,
        PrintWriter err,
        Function<String, Optional<String>> environment,
        BiFunction<ConnectionSettings, Credentials, WampClient> clients,
        boolean colours) {

    static Surroundings ofProcess(PrintWriter out, PrintWriter err) {
        return new Surroundings(
                out,
                err,
                name -> Optional.ofNullable(System.getenv(name)).filter(value -> !value.isBlank()),
                (settings, credentials) ->
                        WampClient.of(settings).credentials(credentials).build(),
                Ansi.AUTO.enabled());
    }
}
