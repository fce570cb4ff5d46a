package dev.carillon.cli;

import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "subscribe",
        header = "Prints events as they come, until Ctrl+C.",
        description = {
            "A lost connection comes back by itself. What was missed is printed then if a history keeps the topic; else a"
                    + " line on standard error says that something is missing.",
            "Ctrl+C says goodbye to the router; the exit code is then 130."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon subscribe orders/17",
            "  carillon subscribe --match prefix orders/ --json",
            "  carillon subscribe news --after 5f2c-120        # what came behind that position, too",
            "  carillon subscribe news --count 1"
        })
final class Subscribe implements Callable<Integer> {

    enum Match {
        exact,
        prefix,
        wildcard
    }

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Parameters(paramLabel = "TOPIC", description = "Such as orders/17; or a pattern, with --match.")
    private String topic = "";

    @Option(
            names = "--match",
            paramLabel = "POLICY",
            defaultValue = "exact",
            description = "How topics must be like it: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private Match match = Match.exact;

    @Option(
            names = "--after",
            paramLabel = "POSITION",
            description = "Print first what a history holds behind this position, which --json has shown.")
    private @Nullable String after;

    @Option(names = "--retained", description = "Print first what is retained.")
    private boolean retained;

    @Option(names = "--count", paramLabel = "N", description = "End after so many events, with exit code 0.")
    private @Nullable Long count;

    @Option(names = "--json", description = "Print one JSON object per line.")
    private boolean asJson;

    private final Environment environment;

    Subscribe(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (count != null && count < 1) {
            throw Failure.usage("--count is " + count + "; it must be 1 or more");
        }
        Printing printing = new Printing();
        try (Router open = router.connect(environment)) {
            environment.atInterrupt().accept(open::close);
            router.await(open.subscribe(new Router.Interest(topic, match.name(), retained, after), printing));
            return printing.end.get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw Failure.unreachable("interrupted");
        } catch (ExecutionException ended) {
            throw ended.getCause() instanceof Failure why ? why : new IllegalStateException(ended.getCause());
        }
    }

    private final class Printing implements Router.Tail {
        private final CompletableFuture<Integer> end = new CompletableFuture<>();
        private long heard; // one event at a time

        @Override
        public void heard(Router.Heard event) {
            if (end.isDone()) {
                return;
            }
            environment.out().println(asJson ? json(event) : inWords(event));
            if (environment.out().checkError()) { // flushes; whoever read has gone, as head does
                end.complete(ExitCode.OK);
            }
            heard++;
            if (count != null && heard >= count) {
                end.complete(ExitCode.OK);
            }
        }

        @Override
        public void gap() {
            if (asJson) {
                environment
                        .out()
                        .println(Json.createObjectBuilder()
                                .add("gap", true)
                                .add("topic", topic)
                                .build());
                environment.out().flush();
            }
            say("events of " + topic + " were missed, and are not there any more");
        }

        @Override
        public void lost(String why) {
            say(why);
        }

        @Override
        public void back() {
            say("connected again");
        }

        @Override
        public void ended(String why) {
            end.completeExceptionally(Failure.refused("the subscription to " + topic + " has ended: " + why));
        }

        private void say(String sentence) {
            environment.err().println("carillon: " + Text.printable(sentence));
            environment.err().flush();
        }
    }

    private static String json(Router.Heard event) {
        JsonObjectBuilder object =
                Json.createObjectBuilder().add("topic", event.topic()).add("publication", event.publication());
        event.position().ifPresent(position -> object.add("position", position));
        if (event.isReplayed()) {
            object.add("replayed", true);
        }
        return object.add("args", Values.positional(event.arguments()))
                .add("kwargs", Values.keyword(event.arguments()))
                .build()
                .toString();
    }

    private String inWords(Router.Heard event) {
        String when = event.isReplayed()
                ? "(missed)            "
                : environment.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString();
        String where = Text.printable(event.topic());
        String line = when + "  " + where + "  ";
        return (environment.colours() ? Ansi.ON.new Text(when).toString() + "  " + bold(where) + "  " : line)
                + Values.inWords(event.arguments());
    }

    private static String bold(String text) {
        return "\u001b[1m" + text + "\u001b[0m";
    }
}
