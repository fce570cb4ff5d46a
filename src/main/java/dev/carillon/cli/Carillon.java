package dev.carillon.cli;

import dev.carillon.client.RequestFailed;
import dev.carillon.client.SessionClosed;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/**
 * Exit codes: 0 done, 1 the router said no, 2 wrong usage, 3 no connection, 70 a fault of this program, 130 interrupted.
 */
@Command(
        name = "carillon",
        description = "Talks to a Carillon router: publish, listen, call, and see who is connected.",
        subcommands = HelpCommand.class,
        mixinStandardHelpOptions = true,
        versionProvider = Carillon.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footerHeading = "%nWhere the router is, and who you are:%n",
        footer = {
            "  CARILLON_URL      the router's address, such as wss://shop.example.com/shop/wamp",
            "  CARILLON_SECRET   the router's carillon.backend.secret (or a file: --secret-file)",
            "",
            "Exit codes: 0 done; 1 the router said no; 2 wrong usage; 3 no connection; 130 interrupted.",
            "",
            "Examples:",
            "  carillon publish orders/17 '{\"status\": \"shipped\"}'",
            "  carillon subscribe --match prefix orders/",
            "  carillon COMMAND --help   for more"
        })
final class Carillon implements Runnable {

    static final int SAID_NO = 1;
    static final int WRONG_USAGE = 2;
    static final int NO_CONNECTION = 3;
    private static final int FAULT = 70;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private Carillon() {}

    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(commandLine(Surroundings.ofProcess(out, err)).execute(args));
    }

    static CommandLine commandLine(Surroundings surroundings) {
        CommandLine commandLine = new CommandLine(new Carillon())
                .addSubcommand(new PublishCommand(surroundings))
                .addSubcommand(new SubscribeCommand(surroundings))
                .addSubcommand(new CallCommand(surroundings))
                .addSubcommand(new TopicsCommand(surroundings))
                .addSubcommand(new SessionsCommand(surroundings))
                .addSubcommand(new TicketCommand(surroundings))
                .addSubcommand(new CheckCommand(surroundings))
                .addSubcommand(new CompletionCommand(surroundings));
        return commandLine
                .setOut(surroundings.out())
                .setErr(surroundings.err())
                .setUsageHelpAutoWidth(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(surroundings, failure));
    }

    /** Without a command. */
    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command");
    }

    private static int failed(Surroundings surroundings, Exception failure) {
        Throwable cause = failure;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof SessionClosed
                || cause instanceof RequestFailed
                || cause instanceof IllegalArgumentException) {
            surroundings.err().println("carillon: " + cause.getMessage());
        } else {
            surroundings.err().println("carillon: this should not happen; please report it");
            cause.printStackTrace(surroundings.err());
        }
        return exitCode(cause);
    }

    private static int exitCode(Throwable cause) {
        if (cause instanceof RequestFailed) {
            return SAID_NO;
        }
        if (cause instanceof SessionClosed closed) {
            return closed.reason().isPresent() ? SAID_NO : NO_CONNECTION;
        }
        return cause instanceof IllegalArgumentException ? WRONG_USAGE : FAULT;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Carillon.class.getPackage().getImplementationVersion();
            return new String[] {"carillon " + (version == null ? "(not packaged)" : version)};
        }
    }
}
