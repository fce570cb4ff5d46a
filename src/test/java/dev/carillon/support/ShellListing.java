package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks whether a listing for a shell has known commands only, and whether those of Maven name what there is. */
public final class ShellListing {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private static final Set<String> COMMANDS = Set.of("carillon", "mvn", "openssl", "printf", "date", "echo", "tr");
    private static final Set<String> PHASES = Set.of("clean", "compile", "test", "package", "verify", "install");
    private static final Set<String> GOALS = Set.of("wildfly:run", "wildfly:dev", "spotless:apply");

    /** Properties of Maven's own plugins. */
    private static final Set<String> PROPERTIES = Set.of("skipTests", "test", "it.test");

    /** The first word of a command, but of no assignment. */
    private static final Pattern COMMAND =
            Pattern.compile("(?m)(?:^|[|;&]|\\$\\((?!\\())\\s*([a-zA-Z][\\w.-]*)(?![\\w.=-])");

    private ShellListing() {}

    public static List<String> problems(Listing listing) {
        String text = listing.text().replace("\\\n", " ").replaceAll("(?m)(^|\\s)# .*$", "");
        List<String> problems = new ArrayList<>();
        COMMAND.matcher(text)
                .results()
                .map(command -> command.group(1))
                .filter(command -> !COMMANDS.contains(command))
                .forEach(command -> problems.add("the command " + command));
        text.lines()
                .filter(line -> line.startsWith("mvn "))
                .flatMap(line -> Arrays.stream(line.strip().split("\\s+")).skip(1))
                .filter(word -> !isKnownToMaven(word))
                .forEach(word -> problems.add("the argument " + word + " of mvn"));
        return problems.stream()
                .map(what -> listing.where() + ": nobody knows " + what)
                .toList();
    }

    private static boolean isKnownToMaven(String word) {
        if (word.startsWith("-P")) {
            return pom().contains("<profile>\n      <id>" + word.substring(2) + "</id>");
        }
        if (word.startsWith("-D")) {
            String[] property = word.substring(2).split("=", 2);
            return isProperty(property[0]) && (!property[0].endsWith("test") || isTest(property[1]));
        }
        String plugin = word.split(":")[0];
        return PHASES.contains(word) || GOALS.contains(word) && pom().contains(plugin + "-maven-plugin");
    }

    private static boolean isProperty(String name) {
        return PROPERTIES.contains(name)
                || pom().contains("<" + name + ">")
                || tests().anyMatch(test -> read(test).contains("\"" + name + "\""));
    }

    private static boolean isTest(String name) {
        return tests().anyMatch(test -> test.endsWith(name + ".java"));
    }

    private static Stream<Path> tests() {
        try (Stream<Path> files = Files.walk(BASE.resolve("src/test/java"))) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pom() {
        return read(BASE.resolve("pom.xml"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
