package dev.carillon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Where the secret of back-ends comes from: never from an argument, which everybody on the machine can read. */
final class Secrets {

    static final String VARIABLE = "CARILLON_SECRET";

    private Secrets() {}

    /** What the file holds, without the white space around it. @throws Failure if it cannot be read */
    static String in(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw Failure.usage("the secret cannot be read from " + file + ": " + reason(unreadable));
        }
    }

    /** The messages of file exceptions are mere paths. */
    private static String reason(IOException unreadable) {
        return unreadable instanceof NoSuchFileException
                ? "there is no such file"
                : unreadable.getClass().getSimpleName() + " " + unreadable.getMessage();
    }
}
