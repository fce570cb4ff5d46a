package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** Patterns as an application may write them, against topics as anybody may. */
class TopicPatternPropertiesTest {

    /** A backtracking match of the longest of these would take longer than anybody waits. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @Property
    void aTextIsAPatternOrRefusedWithAReason(@ForAll("patterns") String text) {
        try {
            assertThat(new TopicPattern(text)).hasToString(text);
        } catch (IllegalArgumentException refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    @Property
    void aPatternWithoutPlaceholdersMatchesItselfAndNothingElse(
            @ForAll("topics") String topic, @ForAll("topics") String other) {
        TopicPattern pattern = new TopicPattern(topic);
        assertThat(pattern.match(topic)).contains(Map.of());
        assertThat(pattern.match(other).isPresent()).isEqualTo(topic.equals(other));
    }

    @Property
    void placeholdersGiveBackWhatWasPutIn(@ForAll("components") List<String> components) {
        StringBuilder pattern = new StringBuilder("t");
        StringBuilder topic = new StringBuilder("t");
        for (int i = 0; i < components.size(); i++) {
            pattern.append(i % 2 == 0 ? "/" : ".").append("{p").append(i).append('}');
            topic.append(i % 2 == 0 ? "/" : ".").append(components.get(i));
        }
        Optional<Map<String, String>> found = new TopicPattern(pattern.toString()).match(topic.toString());
        assertThat(found).isPresent();
        for (int i = 0; i < components.size(); i++) {
            assertThat(found.get()).containsEntry("p" + i, components.get(i));
        }
    }

    @Property
    void plainPlaceholdersNeverTakeLong(
            @ForAll @IntRange(min = 1, max = 12) int placeholders,
            @ForAll @IntRange(max = 30_000) int length,
            @ForAll("separators") String separator,
            @ForAll("ends") String end) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < placeholders; i++) {
            parts.add("{p" + i + "}");
        }
        boolean share = !separator.equals("/") && !separator.equals(".");
        TopicPattern pattern = new TopicPattern("t" + separator
                + String.join(separator, share ? parts.subList(0, Math.min(3, placeholders)) : parts) + "/end");
        long start = System.nanoTime();
        pattern.match("t" + separator + ("x" + separator).repeat(length / (1 + separator.length())) + end);
        pattern.match("t" + separator + "x".repeat(length) + end);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    @Property
    void patternsAreInOneOrder(
            @ForAll("patterns") String a, @ForAll("patterns") String b, @ForAll("patterns") String c) {
        List<TopicPattern> patterns = new ArrayList<>();
        for (String text : List.of(a, b, c)) {
            try {
                patterns.add(new TopicPattern(text));
            } catch (IllegalArgumentException refused) {
                return;
            }
        }
        for (TopicPattern one : patterns) {
            for (TopicPattern other : patterns) {
                assertThat(Integer.signum(one.compareTo(other))).isEqualTo(-Integer.signum(other.compareTo(one)));
                assertThat(one.equals(other)).isEqualTo(one.compareTo(other) == 0);
            }
        }
        List<TopicPattern> sorted = new ArrayList<>(patterns);
        sorted.sort(null);
        assertThat(sorted.get(0).compareTo(sorted.get(2))).isLessThanOrEqualTo(0);
        assertThat(new HashSet<>(patterns).size())
                .isEqualTo((int) patterns.stream().distinct().count());
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(
                        "orders",
                        "/",
                        ".",
                        "{",
                        "}",
                        "{id}",
                        "{name}",
                        "{id: \\d+}",
                        "{x:[a-z]{2}}",
                        "{x:(}",
                        "{ y }",
                        "{:}",
                        "\\E",
                        "\\Q",
                        "$",
                        "^",
                        "*",
                        "a",
                        " ",
                        "{id:}",
                        "ä",
                        "\uffff",
                        "\ufffe")
                .list()
                .ofMaxSize(6)
                .map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<String> topics() {
        return Arbitraries.of("orders", "/", ".", "\\E", "\\Q", "$", "(", "[", "*", "+", "a", "ä", "|", "?", "\n", "\\")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(list -> String.join("", list))
                .filter(topic -> !topic.isBlank());
    }

    @Provide
    Arbitrary<List<String>> components() {
        return Arbitraries.strings()
                .excludeChars('/', '.')
                .ofMinLength(1)
                .ofMaxLength(10)
                .list()
                .ofMaxSize(8);
    }

    @Provide
    Arbitrary<String> separators() {
        return Arbitraries.of("/", ".", "-", "", "xx");
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("", "/end", "/", "!", "end");
    }
}
