package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The guide's table of log categories has each that there is, and says of each truly whether DEBUG shows more. */
class LoggingGuideTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

    private static final Path SOURCES = BASE.resolve("src/main/java");

    /** The demo's one line is for who tries it out, not for who runs a server. */
    private static final String DEMO = "dev.carillon.demo";

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(dev\\.carillon\\.\\w+)` \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern DEBUG = Pattern.compile("LOG\\.log\\(\\s*DEBUG\\b");
    private static final Pattern FINER = Pattern.compile("LOG\\.log\\(\\s*(Level\\.)?(TRACE|ALL)\\b");

    @Test
    void theGuideListsEveryCategory() throws IOException {
        TreeMap<String, Boolean> told = new TreeMap<>();
        ROW.matcher(Files.readString(BASE.resolve("src/site/markdown/guide/operations.md")))
                .results()
                .forEach(row -> told.put(row.group(1), !row.group(2).isBlank()));
        try (Stream<Path> files = Files.walk(SOURCES)) {
            TreeMap<String, Boolean> used = files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> read(file).contains("System.getLogger("))
                    .filter(file -> !category(file).equals(DEMO))
                    .collect(Collectors.toMap(
                            LoggingGuideTest::category,
                            file -> DEBUG.matcher(read(file)).find(),
                            Boolean::logicalOr,
                            TreeMap::new));
            assertThat(told).isEqualTo(used);
        }
    }

    @Test
    void nothingIsLoggedBelowDebug() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> FINER.matcher(read(file)).find()))
                    .isEmpty();
        }
    }

    private static String category(Path file) {
        return SOURCES.relativize(file.getParent()).toString().replace('/', '.');
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
