package dev.carillon.cli;

import dev.carillon.client.Arguments;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "sessions",
        header = "Lists the sessions of a realm, or ends one.",
        description = "Who came last comes first. QUEUED is what waits for a peer that reads slowly.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon sessions",
            "  carillon sessions --limit 20 --json",
            "  carillon sessions --kick 4520316208325120 --message \"The office is closed\""
        })
final class Sessions implements Callable<Integer> {

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Option(names = "--kick", paramLabel = "ID", description = "End this session.")
    private @Nullable Long kicked;

    @Option(names = "--reason", paramLabel = "URI", description = "With --kick: the reason that GOODBYE gives.")
    private @Nullable String reason;

    @Option(names = "--message", paramLabel = "TEXT", description = "With --kick: a sentence for who is kicked.")
    private @Nullable String message;

    @Option(names = "--limit", paramLabel = "N", description = "List so many at most. Default, and most: 1000.")
    private @Nullable Integer limit;

    @Option(names = "--json", description = "Print a JSON list.")
    private boolean asJson;

    private final Environment environment;

    Sessions(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        if (kicked == null && (reason != null || message != null)) {
            throw Failure.usage("--reason and --message are for --kick");
        }
        try (Router open = router.connect(environment)) {
            if (kicked != null) {
                kick(open, kicked);
            } else {
                list(open);
            }
            return ExitCode.OK;
        }
    }

    private void kick(Router open, long session) {
        Arguments arguments = Arguments.of(session);
        if (reason != null) {
            arguments = arguments.with("reason", reason);
        }
        if (message != null) {
            arguments = arguments.with("message", message);
        }
        router.await(open.call("wamp.session.kill", arguments));
        if (!asJson) {
            environment.out().println("session " + session + " has ended");
        }
    }

    private void list(Router open) {
        Arguments arguments = limit == null ? Arguments.NONE : Arguments.NONE.with("limit", limit);
        JsonArray sessions = Lists.ask(router, open, "carillon.session.list", arguments);
        if (asJson) {
            environment.out().println(sessions);
            return;
        }
        Table table = new Table(
                "SESSION", "AUTHID", "ROLE", "METHOD", "PROTOCOL", "ADDRESS", "SINCE", "SUBSCRIPTIONS", "QUEUED");
        for (JsonObject session : sessions.getValuesAs(JsonObject.class)) {
            table.add(
                    Lists.cell(session, "session"),
                    Lists.cell(session, "authid"),
                    Lists.cell(session, "authrole"),
                    Lists.cell(session, "authmethod"),
                    Lists.cell(session, "protocol"),
                    Lists.cell(session, "address"),
                    Lists.cell(session, "since"),
                    Lists.cell(session, "subscriptions"),
                    Lists.cell(session, "queued_messages") + " (" + Lists.cell(session, "queued_bytes") + " bytes)");
        }
        table.print(environment.out(), environment.colours());
    }
}
