package dev.carillon.cli;

import jakarta.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "check",
        header = "Asks whether there is a router that lets us in.",
        description =
                "Connects, opens a session, says goodbye. The exit code is the answer: 0 yes, 1 it does not let us in,"
                        + " 3 there is none.",
        footerHeading = "%nExamples:%n",
        footer = {"  carillon check && carillon publish news open", "  carillon check --timeout 2 --json"})
final class Check implements Callable<Integer> {

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean asJson;

    private final Environment environment;

    Check(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        Instant begin = environment.clock().instant();
        Connector.Target target = router.target(environment);
        try (Router open = environment.connector().connect(target)) {
            long millis = Duration.between(begin, environment.clock().instant()).toMillis();
            if (asJson) {
                environment
                        .out()
                        .println(Json.createObjectBuilder()
                                .add("reachable", true)
                                .add("realm", open.realm())
                                .add("session", open.session())
                                .add("milliseconds", millis)
                                .build());
            } else {
                environment
                        .out()
                        .println("there is a router at " + target + ": realm " + open.realm() + ", session "
                                + open.session() + ", after " + millis + " ms");
            }
            return ExitCode.OK;
        }
    }
}
