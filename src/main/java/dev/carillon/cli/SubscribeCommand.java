package dev.carillon.cli;

import dev.carillon.client.EventListener.ReceivedEvent;
import dev.carillon.remote.SubscribeOptions;
import dev.carillon.remote.WampClient;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "subscribe",
        description = "Writes the events of a topic as they come, until Ctrl+C. Connects again by itself.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon subscribe orders/17",
            "  carillon subscribe --match prefix orders/",
            "  carillon subscribe --json --after k3f9x2ab:1042 chat/sales   what came behind that, and goes on",
            "  carillon subscribe --count 1 jobs/done && echo 'it is done'"
        })
final class SubscribeCommand implements Callable<Integer> {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    @Parameters(paramLabel = "TOPIC", description = "A topic, or a pattern with --match.")
    private String topic;

    /** The ways to match, by the names that WAMP has for them. */
    enum Match {
        exact,
        prefix,
        wildcard
    }

    @Option(
            names = {"-m", "--match"},
            paramLabel = "POLICY",
            defaultValue = "exact",
            description = "One of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Match match;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description =
                    "Begin behind this position of the topic's history; --json writes the position of each event.")
    private @Nullable String after;

    @Option(names = "--retained", description = "Begin with what is retained.")
    private boolean retained;

    @Option(
            names = {"-n", "--count"},
            paramLabel = "N",
            description = "End after so many events.")
    private @Nullable Integer count;

    @Option(names = "--json", description = "Write an object in a line for each event.")
    private boolean json;

    SubscribeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (count != null && count < 1) {
            throw new IllegalArgumentException("--count is " + count + "; it must be 1 or more");
        }
        CountDownLatch left = new CountDownLatch(count == null ? Integer.MAX_VALUE : count);
        WampClient client = router.connect(surroundings);
        Thread goodbye = new Thread(client::close, "goodbye"); // at Ctrl+C
        Runtime.getRuntime().addShutdownHook(goodbye);
        try {
            client.subscribe(topic, options(), event -> {
                        if (left.getCount() > 0) {
                            show(event);
                            left.countDown();
                        }
                    })
                    .join();
            surroundings.err().println("listening to " + topic + "; Ctrl+C ends");
            left.await();
            return 0;
        } finally {
            client.close();
            forget(goodbye);
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException endingAlready) {
            // It has run, or does.
        }
    }

    private SubscribeOptions options() {
        SubscribeOptions options = switch (match) {
            case exact -> SubscribeOptions.exact();
            case prefix -> SubscribeOptions.prefix();
            case wildcard -> SubscribeOptions.wildcard();
        };
        options = retained ? options.withRetained() : options;
        options = after == null ? options : options.after(after);
        return options.onGap(missed -> gap());
    }

    private void show(ReceivedEvent event) {
        if (!json) {
            String time = LocalTime.now().format(TIME);
            surroundings.out().println(time + "  " + event.topic() + "  " + Values.line(event.arguments()));
            return;
        }
        JsonObjectBuilder object = Json.createObjectBuilder()
                .add("topic", event.topic())
                .add("publication", event.publication())
                .add("args", Values.positional(event.arguments()))
                .add("kwargs", Values.named(event.arguments()));
        event.position().ifPresent(position -> object.add("position", position));
        if (event.isReplayed()) {
            object.add("replayed", true);
        }
        if (event.isRetained()) {
            object.add("retained", true);
        }
        surroundings.out().println(object.build());
    }

    private void gap() {
        if (json) {
            surroundings
                    .out()
                    .println(Json.createObjectBuilder()
                            .add("topic", topic)
                            .add("gap", true)
                            .build());
        } else {
            surroundings.err().println("carillon: events were missed that are not there any more");
        }
    }
}
