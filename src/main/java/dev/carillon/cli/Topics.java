package dev.carillon.cli;

import dev.carillon.client.Arguments;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "topics",
        header = "Lists the topics that the application has declared.",
        description = "With pattern, class of the handler, who may subscribe and publish, and how many subscribe now.",
        footerHeading = "%nExamples:%n",
        footer = {"  carillon topics", "  carillon topics --json"})
final class Topics implements Callable<Integer> {

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Option(names = "--json", description = "Print a JSON list.")
    private boolean asJson;

    private final Environment environment;

    Topics(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        try (Router open = router.connect(environment)) {
            JsonArray topics = Lists.ask(router, open, "carillon.topic.list", Arguments.NONE);
            if (asJson) {
                environment.out().println(topics);
            } else {
                table(topics).print(environment.out(), environment.colours());
            }
            return ExitCode.OK;
        }
    }

    private static Table table(JsonArray topics) {
        Table table = new Table("PATTERN", "HANDLER", "SUBSCRIBE", "PUBLISH", "VISITORS", "SUBSCRIBERS");
        for (JsonObject topic : topics.getValuesAs(JsonObject.class)) {
            table.add(
                    Lists.cell(topic, "pattern"),
                    Lists.cell(topic, "handler"),
                    Lists.cell(topic, "subscribe"),
                    Lists.cell(topic, "publish"),
                    topic.get("visitors") == JsonValue.TRUE ? "yes" : "no",
                    Lists.cell(topic, "subscribers"));
        }
        return table;
    }
}
