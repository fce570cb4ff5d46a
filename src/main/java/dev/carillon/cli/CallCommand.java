package dev.carillon.cli;

import dev.carillon.client.Received;
import dev.carillon.remote.WampClient;
import jakarta.json.Json;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        description = "Calls a procedure and writes its result.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon call orders.total 17",
            "  carillon call --json wamp.session.list",
            "  carillon call --timeout 60 reports.make -a year=2026"
        })
final class CallCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    @Parameters(index = "0", paramLabel = "PROCEDURE", description = "Such as orders.total.")
    private String procedure;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "Each is JSON if it can be read as that, else a string.")
    private List<String> arguments = List.of();

    @Option(
            names = {"-a", "--argument"},
            paramLabel = "NAME=VALUE",
            description = "A keyword argument; may be repeated.")
    private Map<String, String> named = new LinkedHashMap<>();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description =
                    "How long to wait for the answer, after which the call is canceled. Default: ${DEFAULT-VALUE}.")
    private int timeout;

    @Option(names = "--json", description = "Write an object with args and kwargs.")
    private boolean json;

    CallCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (timeout < 1) {
            throw new IllegalArgumentException("--timeout is " + timeout + "; it must be 1 second or more");
        }
        try (WampClient client = router.connect(surroundings)) {
            Received result = client.call(procedure, Values.arguments(arguments, named))
                    .orTimeout(timeout, TimeUnit.SECONDS)
                    .join();
            if (json) {
                surroundings
                        .out()
                        .println(Json.createObjectBuilder()
                                .add("args", Values.positional(result))
                                .add("kwargs", Values.named(result))
                                .build());
            } else if (result.size() > 0 || !result.names().isEmpty()) {
                surroundings.out().println(Values.line(result));
            }
            return 0;
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof TimeoutException) {
                surroundings
                        .err()
                        .println("carillon: no answer from " + procedure + " within "
                                + Duration.ofSeconds(timeout).toSeconds()
                                + " s; the call was canceled. --timeout waits longer");
                return Carillon.SAID_NO;
            }
            throw failed;
        }
    }
}
