package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.remote.WampClient;
import jakarta.json.JsonArray;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sessions",
        description = "Lists who is connected: since when, from where, what waits for them; or ends a session.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {"  carillon sessions", "  carillon sessions --kick 2841046519834122 --message 'please log in again'"})
final class SessionsCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Mixin
    private Router router;

    @Option(names = "--kick", paramLabel = "SESSION", description = "End this session instead.")
    private @Nullable Long kick;

    @Option(names = "--message", paramLabel = "TEXT", description = "What the one whose session ends is told.")
    private @Nullable String message;

    @Option(names = "--json", description = "Write the list as the router has it.")
    private boolean json;

    SessionsCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        if (message != null && kick == null) {
            throw new IllegalArgumentException("--message goes with --kick SESSION");
        }
        try (WampClient client = router.connect(surroundings)) {
            return kick == null ? list(client) : kick(client, kick);
        }
    }

    private int kick(WampClient client, long session) {
        Arguments arguments = Arguments.of(session);
        client.call("wamp.session.kill", message == null ? arguments : arguments.with("message", message))
                .join();
        surroundings.out().println("session " + session + " has ended");
        return 0;
    }

    private int list(WampClient client) {
        JsonArray sessions =
                client.call("carillon.session.list", JsonArray.class).join();
        if (json) {
            surroundings.out().println(sessions);
        } else {
            new Table(List.of(
                            "session",
                            "authid",
                            "authrole",
                            "address",
                            "since",
                            "subscriptions",
                            "queued_messages",
                            "queued_bytes"))
                    .with(sessions)
                    .print(surroundings.out(), surroundings.colours());
        }
        return 0;
    }
}
