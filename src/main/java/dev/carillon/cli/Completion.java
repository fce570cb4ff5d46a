package dev.carillon.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "completion",
        header = "Prints a script that completes commands and options in bash and zsh.",
        description = "For a command, or an alias, of the name carillon.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  source <(carillon completion)",
            "  carillon completion > ~/.local/share/bash-completion/completions/carillon"
        })
final class Completion implements Callable<Integer> {

    @Spec
    private CommandSpec itself = CommandSpec.create();

    private final Environment environment;

    Completion(Environment environment) {
        this.environment = environment;
    }

    @Override
    public Integer call() {
        environment.out().print(AutoComplete.bash(Carillon.NAME, itself.root().commandLine()));
        return ExitCode.OK;
    }
}
