package dev.carillon.cli;

/** What scripts learn of a command's end. The guide's page "Command line" promises these. */
final class ExitCode {

    static final int OK = 0;

    /** The router was asked and said no. */
    static final int REFUSED = 1;

    /** The command line is wrong, or says too little. */
    static final int USAGE = 2;

    /** No router, or no answer of it in time. */
    static final int UNREACHABLE = 3;

    /** A defect of ours. */
    static final int DEFECT = 70;

    private ExitCode() {}
}
