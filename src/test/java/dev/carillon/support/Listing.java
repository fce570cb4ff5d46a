package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A listing of the README or the guide: a fenced block, or a {@code mvn} command within a sentence.
 *
 * @param page relative to the root of the project
 * @param line the line of the page where the text begins, from 1
 * @param language what stands behind the fence; empty if nothing does
 */
public record Listing(Path page, int line, String language, String text) {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));

    private static final Pattern FENCED = Pattern.compile("(?ms)^ *```(\\S*)[^\\n]*\\n(.*?)^ *```$");
    private static final Pattern COMMAND_IN_A_SENTENCE = Pattern.compile("(?<!`)`(mvn [^`\\n]+)`(?!`)");

    public static List<Listing> all() {
        try (Stream<Path> pages = Files.walk(BASE.resolve("src/site/markdown"))) {
            return Stream.concat(
                            Stream.of(BASE.resolve("README.md")),
                            pages.filter(page -> page.toString().endsWith(".md"))
                                    .sorted())
                    .flatMap(Listing::of)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The page and the line, as a failure names it. */
    public String where() {
        return page + ":" + line;
    }

    /** The text, at the line where it stands in the page, so that messages of compilers name that. */
    public String inItsLine() {
        return "\n".repeat(line - 1) + text;
    }

    private static Stream<Listing> of(Path file) {
        String page;
        try {
            page = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path name = BASE.toAbsolutePath().relativize(file.toAbsolutePath());
        return Stream.concat(
                matches(FENCED, page)
                        .map(listing ->
                                new Listing(name, line(page, listing.start(2)), listing.group(1), listing.group(2))),
                matches(COMMAND_IN_A_SENTENCE, page)
                        .map(command -> new Listing(name, line(page, command.start()), "shell", command.group(1))));
    }

    private static int line(String page, int offset) {
        return 1
                + (int) page.substring(0, offset).chars().filter(c -> c == '\n').count();
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
