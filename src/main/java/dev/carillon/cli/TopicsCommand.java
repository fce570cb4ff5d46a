package dev.carillon.cli;

import dev.carillon.remote.WampClient;
import jakarta.json.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "topics",
        description = "Lists every declared topic: its pattern, its handler, who may subscribe and publish.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  carillon topics", "  carillon topics --json | jq '.[].pattern'"})
final class TopicsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    @Option(names = "--json", description = "Write the list as the router has it.")
    private boolean json;

    TopicsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        JsonArray topics;
        try (WampClient client = router.connect(surroundings)) {
            topics = client.call("carillon.topic.list", JsonArray.class).join();
        }
        if (json) {
            surroundings.out().println(topics);
        } else if (topics.isEmpty()) {
            surroundings.out().println("No topic is declared.");
        } else {
            new Table(List.of("pattern", "subscribers", "subscribe", "publish", "handler"))
                    .with(topics)
                    .print(surroundings.out(), surroundings.colours());
        }
        return 0;
    }
}
