package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What can be checked of the README, the guide and the decision records without reading them. */
class DocumentationTest {

    private static final Path BASE =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().normalize();

    private static final Pattern CODE_BLOCK = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("\\[[^\\]]*]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern LOG_CODE = Pattern.compile("CAR-\\d{3}");
    private static final Pattern EXPLAINED_LOG_CODE = Pattern.compile("(?m)^\\| (CAR-\\d{3}) \\|");
    private static final Pattern LOG_CATEGORY =
            Pattern.compile("(?m)^\\| `(dev\\.carillon\\.\\w+)` \\|[^|]*\\|([^|]*)\\|$");
    private static final Pattern DEBUG = Pattern.compile("LOG\\.log\\(\\s*DEBUG\\b");
    private static final Pattern FINER_THAN_DEBUG = Pattern.compile("LOG\\.log\\(\\s*TRACE\\b");
    private static final Pattern TEST_METHOD = Pattern.compile("\\b(\\w+(?:Test|IT))#(\\w+)");

    private static final List<Pattern> PLACES_NO_READER_KNOWS = List.of(
            Pattern.compile("(?m)(^|[\\s`(\"'=:])/(work|tmp|home|root|var)\\b"),
            Pattern.compile("\\.\\./shared\\b"),
            Pattern.compile("\\b(repo\\d?|registry|maven|npm)\\.[a-z]+\\.[a-z]+"));

    private final Map<Path, String> pages = pages();

    @Test
    void thereAreThePagesThatAReaderLooksFor() {
        assertThat(pages.keySet().stream().map(page -> BASE.relativize(page).toString()))
                .contains(
                        "README.md",
                        "src/site/markdown/changelog.md",
                        "src/site/markdown/guide/index.md",
                        "src/site/markdown/guide/configuration.md",
                        "src/site/markdown/guide/log-messages.md");
    }

    @Test
    void everyLinkLeadsSomewhere() {
        List<String> broken = new ArrayList<>();
        pages.forEach((page, text) -> matches(LINK, withoutCode(text))
                .map(link -> link.group(1))
                .filter(target -> !target.matches("[a-z]+:.*"))
                .filter(target -> !resolves(page, target))
                .forEach(target -> broken.add(BASE.relativize(page) + " -> " + target)));
        assertThat(broken).isEmpty();
    }

    @Test
    void everyCodeInTheLogIsExplainedAndNoOther() throws IOException {
        Set<String> used = new TreeSet<>();
        for (Path source : files("src/main/java", ".java")) {
            matches(LOG_CODE, Files.readString(source)).forEach(code -> used.add(code.group()));
        }
        assertThat(matches(EXPLAINED_LOG_CODE, pages.get(BASE.resolve("src/site/markdown/guide/log-messages.md")))
                        .map(row -> row.group(1)))
                .containsExactlyInAnyOrderElementsOf(used);
    }

    /** Loggers are named after classes, so packages are categories; the demo's one line is not for who runs a server. */
    @Test
    void everyLogCategoryIsListedAndWhetherDebugShowsMoreOfIt() throws IOException {
        Map<String, Boolean> used = new TreeMap<>();
        for (Path source : files("src/main/java", ".java")) {
            String text = Files.readString(source);
            if (text.contains("System.getLogger(")) {
                String category = "dev.carillon." + source.getParent().getFileName();
                used.merge(category, DEBUG.matcher(text).find(), Boolean::logicalOr);
            }
            assertThat(FINER_THAN_DEBUG.matcher(text).find()).as("%s", source).isFalse();
        }
        used.remove("dev.carillon.demo");
        Map<String, Boolean> listed = new TreeMap<>();
        matches(LOG_CATEGORY, pages.get(BASE.resolve("src/site/markdown/guide/operations.md")))
                .forEach(row -> listed.put(row.group(1), !row.group(2).isBlank()));
        assertThat(listed).as("the table of categories in operations.md").isEqualTo(used);
    }

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> tests = new TreeMap<>();
        for (Path source : files("src/test/java", ".java")) {
            tests.put(source.getFileName().toString().replace(".java", ""), Files.readString(source));
        }
        pages.forEach((page, text) -> matches(TEST_METHOD, text)
                .forEach(test -> assertThat(tests.getOrDefault(test.group(1), ""))
                        .as("%s names %s", BASE.relativize(page), test.group())
                        .contains(" " + test.group(2) + "(")));
    }

    @Test
    void nothingRefersToTheMachineOfItsAuthor() {
        pages.forEach((page, text) -> PLACES_NO_READER_KNOWS.forEach(
                pattern -> assertThat(matches(pattern, text).map(MatchResult::group))
                        .as("in %s", BASE.relativize(page))
                        .isEmpty()));
    }

    private boolean resolves(Path page, String target) {
        String[] pathAndAnchor = target.split("#", 2);
        Path file = pathAndAnchor[0].isEmpty()
                ? page
                : page.resolveSibling(pathAndAnchor[0]).normalize();
        return file.startsWith(BASE)
                && Files.exists(file)
                && (pathAndAnchor.length == 1
                        || anchors(pages.getOrDefault(file, "")).contains(pathAndAnchor[1]));
    }

    /** As the usual viewers of Markdown make them from headings. */
    private static Set<String> anchors(String text) {
        return matches(HEADING, withoutCode(text))
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\w\\- ]", "")
                        .replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static Map<Path, String> pages() {
        try {
            Map<Path, String> pages = new TreeMap<>();
            pages.put(BASE.resolve("README.md"), Files.readString(BASE.resolve("README.md")));
            for (Path page : files("src/site/markdown", ".md")) {
                pages.put(page, Files.readString(page));
            }
            return pages;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> files(String folder, String suffix) throws IOException {
        try (Stream<Path> paths = Files.walk(BASE.resolve(folder))) {
            return paths.filter(path -> path.toString().endsWith(suffix)).toList();
        }
    }

    private static String withoutCode(String text) {
        return CODE_BLOCK.matcher(text).replaceAll("");
    }

    private static Stream<MatchResult> matches(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }
}
