package dev.carillon.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "ticket",
        description = "Writes a back-end ticket, made from the secret: good for one session, for 60 seconds.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  carillon ticket --secret-file /run/secrets/carillon"})
final class TicketCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    TicketCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        surroundings.out().println(router.secret(surroundings).ticket());
        return 0;
    }
}
