package dev.carillon.cli;

import dev.carillon.client.Received;
import jakarta.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "call",
        header = "Calls a procedure and prints its result.",
        description = "If there is no answer in time, the call is canceled.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon call orders.total 17",
            "  carillon call --timeout 120 reports.make --json -k year=2026",
            "  carillon call wamp.session.count"
        })
final class Call implements Callable<Integer> {

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Parameters(index = "0", paramLabel = "PROCEDURE", description = "Such as orders.total.")
    private String procedure = "";

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "JSON, or a text if it is not. Behind '--' one may begin with a dash.")
    private List<String> arguments = List.of();

    @Option(
            names = {"-k", "--keyword"},
            paramLabel = "NAME=VALUE",
            description = "A keyword argument; may be given several times.")
    private Map<String, String> keyword = new LinkedHashMap<>();

    @Option(names = "--text", description = "Every argument is a text, even if it looks like JSON.")
    private boolean asText;

    @Option(names = "--json", description = "Print one object with args and kwargs.")
    private boolean asJson;

    private final Environment environment;

    Call(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (Router open = router.connect(environment)) {
            Received result = router.await(open.call(procedure, Values.arguments(arguments, keyword, asText)));
            if (asJson) {
                environment
                        .out()
                        .println(Json.createObjectBuilder()
                                .add("args", Values.positional(result))
                                .add("kwargs", Values.keyword(result))
                                .build());
            } else if (result.size() > 0 || !result.names().isEmpty()) {
                environment.out().println(Values.inWords(result));
            }
            return ExitCode.OK;
        }
    }
}
