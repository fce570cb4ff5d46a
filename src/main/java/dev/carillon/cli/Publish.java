package dev.carillon.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "publish",
        header = "Publishes an event.",
        description = "Waits until the router has accepted it, and prints the id of the publication.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon publish news \"We close at six\"",
            "  carillon publish orders/17 '{\"order\": 17, \"status\": \"shipped\"}'",
            "  carillon publish --retain shop.open true -k until=18:00"
        })
final class Publish implements Callable<Integer> {

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Where to, such as orders/17.")
    private String topic = "";

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "What: JSON, or a text if it is not. Behind '--' one may begin with a dash.")
    private List<String> arguments = List.of();

    @Option(
            names = {"-k", "--keyword"},
            paramLabel = "NAME=VALUE",
            description = "A keyword argument; may be given several times.")
    private Map<String, String> keyword = new LinkedHashMap<>();

    @Option(names = "--text", description = "Every argument is a text, even if it looks like JSON.")
    private boolean asText;

    @Option(names = "--retain", description = "Keep it for those who subscribe later.")
    private boolean retained;

    private final Environment environment;

    Publish(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (Router open = router.connect(environment)) {
            long publication =
                    router.await(open.publish(topic, retained, Values.arguments(arguments, keyword, asText)));
            environment.out().println(publication);
            return ExitCode.OK;
        }
    }
}
