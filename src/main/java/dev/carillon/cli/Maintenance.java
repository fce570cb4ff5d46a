package dev.carillon.cli;

import dev.carillon.client.Arguments;
import dev.carillon.client.Received;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.Console;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "maintenance",
        header = "Closes the application for its users, opens it, or says how it is.",
        synopsisSubcommandLabel = "(lock | unlock | status)",
        footerHeading = "%nExamples:%n",
        footer = {
            "  carillon maintenance lock --yes --start PT15M --end PT30M --message \"A new version is installed\"",
            "  carillon maintenance unlock",
            "  carillon maintenance status --json"
        })
final class Maintenance {

    private static final String A_TIME =
            "A time such as 18:30 or 2026-11-28T18:30:00+01:00, or a duration such as PT15M";

    private final Environment environment;

    Maintenance(Environment environment) {
        this.environment = environment;
    }

    @Command(
            name = "lock",
            header = "Closes the application, or announces that it will be closed.",
            description = "Users see a dialog, and those who come are turned away, until somebody unlocks it.",
            mixinStandardHelpOptions = true)
    int lock(
            @Mixin RouterOptions router,
            @Option(
                            names = {"-m", "--message"},
                            paramLabel = "TEXT",
                            defaultValue = "",
                            description = "What users are told.")
                    String message,
            @Option(names = "--start", paramLabel = "WHEN", description = A_TIME + " from now. Default: at once.")
                    @Nullable
                    String start,
            @Option(
                            names = "--end",
                            paramLabel = "WHEN",
                            description = "When it is planned to be over: " + A_TIME + " from the start. Only told.")
                    @Nullable
                    String end,
            @Option(
                            names = {"-y", "--yes"},
                            description = "Do not ask whether it is meant.")
                    boolean sure,
            @Option(names = "--json", description = "Print the status as JSON.") boolean asJson) {
        Instant now = environment.clock().instant();
        Arguments plan = Arguments.NONE.with("message", message);
        Instant begin = now;
        if (start != null) {
            begin = time("--start", start, now);
            plan = plan.with("start", begin.toString());
        }
        if (end != null) {
            plan = plan.with("end", time("--end", end, begin).toString());
        }
        router.target(environment); // what is wrong with the command line is said before anything is asked
        requireSure(sure);
        return ask(router, "carillon.maintenance.lock", plan, asJson);
    }

    @Command(
            name = "unlock",
            header = "Opens the application, or takes an announcement back.",
            mixinStandardHelpOptions = true)
    int unlock(
            @Mixin RouterOptions router,
            @Option(names = "--json", description = "Print the status as JSON.") boolean asJson) {
        return ask(router, "carillon.maintenance.unlock", Arguments.NONE, asJson);
    }

    @Command(
            name = "status",
            header = "Says whether it is open, announced to be closed, or closed.",
            mixinStandardHelpOptions = true)
    int status(
            @Mixin RouterOptions router, @Option(names = "--json", description = "Print it as JSON.") boolean asJson) {
        return ask(router, "carillon.maintenance.status", Arguments.NONE, asJson);
    }

    private int ask(RouterOptions router, String procedure, Arguments arguments, boolean asJson) {
        try (Router open = router.connect(environment)) {
            Received answer = router.await(open.call(procedure, arguments));
            if (answer.size() != 1 || !(answer.get(0, JsonValue.class) instanceof JsonObject status)) {
                throw Failure.refused("the router answers " + procedure + " with something that is not a status");
            }
            if (asJson) {
                environment.out().println(status);
            } else {
                status.keySet().stream()
                        .filter(key -> !Lists.cell(status, key).matches("-?"))
                        .forEach(key -> environment.out().println(key + ": " + Lists.cell(status, key)));
            }
            return ExitCode.OK;
        }
    }

    private static void requireSure(boolean sure) {
        Console console = System.console();
        if (sure) {
            return;
        }
        if (console == null) {
            throw Failure.usage("this closes the application for its users, and there is nobody to ask; say --yes");
        }
        String answer = console.readLine("This closes the application for its users. Type yes to go on: ");
        if (answer == null || !answer.strip().equalsIgnoreCase("yes")) {
            throw Failure.usage("nothing was done");
        }
    }

    /** @param from where a duration begins; a time of day is the first one behind it */
    private static Instant time(String option, String text, Instant from) {
        try {
            if (text.startsWith("P")) {
                return from.plus(Duration.parse(text));
            }
            if (text.contains("T")) {
                return OffsetDateTime.parse(text).toInstant();
            }
            ZonedDateTime begin = from.atZone(ZoneId.systemDefault());
            ZonedDateTime sameDay = begin.with(LocalTime.parse(text));
            return (sameDay.isAfter(begin) ? sameDay : sameDay.plusDays(1)).toInstant();
        } catch (DateTimeParseException wrong) {
            throw Failure.usage(
                    option + " is '" + text + "'; it must be as in 18:30, 2026-11-28T18:30:00+01:00 or PT15M");
        }
    }
}
