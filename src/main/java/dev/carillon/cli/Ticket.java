package dev.carillon.cli;

import dev.carillon.security.BackendTickets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "ticket",
        header = "Makes a ticket for a back-end that speaks WAMP itself.",
        description = {
            "It is good for one session, by the method 'ticket', and is made without asking the router.",
            "The secret comes from --secret-file, else from the environment variable " + Secrets.VARIABLE + "."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  carillon ticket --secret-file /run/secrets/carillon", "  carillon ticket --life 300"})
final class Ticket implements Callable<Integer> {

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "A file with the router's carillon.backend.secret.")
    private @Nullable Path secretFile;

    @Option(
            names = "--life",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How long it may wait to be used, 300 at most. Default: ${DEFAULT-VALUE}.")
    private int life;

    private final Environment environment;

    Ticket(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (life < 1 || Duration.ofSeconds(life).compareTo(BackendTickets.LONGEST_LIFE) > 0) {
            throw Failure.usage(
                    "--life is " + life + "; it must be from 1 to " + BackendTickets.LONGEST_LIFE.toSeconds());
        }
        String secret = secretFile != null
                ? Secrets.in(secretFile)
                : environment
                        .variable(Secrets.VARIABLE)
                        .orElseThrow(() -> Failure.usage("nothing says what the secret is; give --secret-file, or set "
                                + Secrets.VARIABLE + " in the environment"));
        BackendTickets tickets;
        try {
            tickets = new BackendTickets(secret, environment.clock());
        } catch (IllegalArgumentException tooShort) {
            throw Failure.usage(tooShort.getMessage());
        }
        environment
                .out()
                .println(tickets.issue(
                        environment.clock().instant().plusSeconds(life),
                        environment.nonces().get()));
        return ExitCode.OK;
    }
}
