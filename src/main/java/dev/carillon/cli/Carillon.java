package dev.carillon.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;

/** All commands. A new command is a class beside this one, and a line in here. */
@Command(
        name = Carillon.NAME,
        header = "Talks to a Carillon router.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Carillon.Version.class,
        footerHeading = "%nExit codes:%n",
        footer = {
            "  0  done",
            "  1  the router said no",
            "  2  the command line is wrong, or says too little",
            "  3  no router, or no answer in time",
            "",
            "Environment:",
            "  CARILLON_URL     where the router is, if --url does not say",
            "  CARILLON_SECRET  the secret of back-ends, if neither --secret-file nor the URL say",
            "  NO_COLOR         if set, there are no colours"
        })
final class Carillon {

    static final String NAME = "carillon";

    private Carillon() {}

    /** @return the exit code */
    static int run(Environment environment, String... arguments) {
        CommandLine line = new CommandLine(new Carillon());
        List.of(
                        new Publish(environment),
                        new Subscribe(environment),
                        new Call(environment),
                        new Topics(environment),
                        new Sessions(environment),
                        new Maintenance(environment),
                        new Ticket(environment),
                        new Check(environment),
                        new Completion(environment))
                .forEach(line::addSubcommand);
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        return line.setOut(environment.out())
                .setErr(environment.err())
                .setColorScheme(CommandLine.Help.defaultColorScheme(environment.colours() ? Ansi.ON : Ansi.OFF))
                .setExpandAtFiles(false) // what is published may begin with an @
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setParameterExceptionHandler((wrong, words) -> {
                    String name = wrong.getCommandLine().getCommandSpec().qualifiedName();
                    say(environment, wrong.getMessage() + ". See: " + name + " --help");
                    return ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((failure, command, words) -> {
                    if (failure instanceof Failure known) {
                        say(environment, known.getMessage());
                        return known.exitCode();
                    }
                    say(environment, "a defect of this program: " + failure);
                    return ExitCode.DEFECT;
                })
                .execute(arguments.length == 0 ? new String[] {"--help"} : arguments);
    }

    private static void say(Environment environment, String sentence) {
        environment.err().println(NAME + ": " + Text.printable(sentence.replaceAll("\\s*\\R\\s*", " ")));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Carillon.class.getPackage().getImplementationVersion();
            return new String[] {NAME + " " + (version == null ? "(not from its jar)" : version)};
        }
    }
}
