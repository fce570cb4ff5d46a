package dev.carillon.cli;

import dev.carillon.remote.WampClient;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "check",
        description =
                "Opens a session, and says whether that worked: exit code 0 if so, 1 if the router refused, 3 if there is"
                        + " none.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  carillon check && echo 'pages are live'"})
final class CheckCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    CheckCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        long began = System.nanoTime();
        try (WampClient client = router.connect(surroundings)) {
            long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
            surroundings
                    .out()
                    .println("reachable: session " + client.id() + " in realm " + client.realm() + " within " + took
                            + " ms");
            return 0;
        }
    }
}
