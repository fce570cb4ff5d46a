package dev.carillon.cli;

/** The end of a command: one sentence for a person, one number for a script. */
final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    private Failure(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    static Failure refused(String sentence) {
        return new Failure(ExitCode.REFUSED, sentence);
    }

    static Failure usage(String sentence) {
        return new Failure(ExitCode.USAGE, sentence);
    }

    static Failure unreachable(String sentence) {
        return new Failure(ExitCode.UNREACHABLE, sentence);
    }

    int exitCode() {
        return exitCode;
    }
}
