package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.remote.WampClient;
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
        description = "Publishes to a topic, and says the id of the publication when the router has accepted it.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon publish orders/17",
            "  carillon publish orders/17 '{\"status\": \"shipped\", \"by\": \"billing\"}'",
            "  carillon publish --retain maintenance 'back at 10:00'",
            "  carillon publish chat/sales hello -a from=billing"
        })
final class PublishCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    @Parameters(index = "0", paramLabel = "TOPIC", description = "Such as orders/17.")
    private String topic;

    @Parameters(
            index = "1..*",
            paramLabel = "ARGUMENT",
            description = "What it says. Each is JSON if it can be read as that, else a string.")
    private List<String> arguments = List.of();

    @Option(
            names = {"-a", "--argument"},
            paramLabel = "NAME=VALUE",
            description = "A keyword argument; may be repeated.")
    private Map<String, String> named = new LinkedHashMap<>();

    @Option(names = "--retain", description = "Keep it for those who subscribe later and ask for it.")
    private boolean retain;

    PublishCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        Arguments all = Values.arguments(arguments, named);
        try (WampClient client = router.connect(surroundings)) {
            long publication = (retain ? client.publishRetained(topic, all) : client.publish(topic, all)).join();
            surroundings.out().println(publication);
            return 0;
        }
    }
}
