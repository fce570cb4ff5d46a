package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
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

    @Property(tries = 200) // also in the long set: the slowest that is legal takes a few hundredths of a second
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

    /** Against all topics of up to three components out of a few. */
    @Property
    void whereATopicMatchesBothTheyMayOverlap(
            @ForAll("declarable") String declared, @ForAll("asked") UriPattern asked) {
        TopicPattern pattern = new TopicPattern(declared);
        for (String topic : EVERY_TOPIC) {
            if (pattern.match(topic).isPresent() && asked.matches(new Uri(topic))) {
                assertThat(pattern.mayOverlap(asked))
                        .as("%s and %s, which match %s", declared, asked, topic)
                        .isTrue();
            }
        }
    }

    /** Where no regular expression has to be understood, no handler is asked in vain. */
    @Property
    void byComponentsTheyOverlapOnlyWhereATopicMatchesBoth(
            @ForAll("literalsAndPlaceholders") List<String> declared,
            @ForAll("literalsAndPlaceholders") List<String> asked) {
        TopicPattern pattern = new TopicPattern(numbered(List.of(String.join(".", declared))));
        UriPattern wildcard = new UriPattern(
                MatchPolicy.WILDCARD, new Uri(String.join(".", asked).replace("{x}", "")));
        boolean overlap = Stream.of(EVERY_TOPIC)
                .anyMatch(topic -> pattern.match(topic).isPresent() && wildcard.matches(new Uri(topic)));
        assertThat(pattern.mayOverlap(wildcard)).isEqualTo(overlap);
    }

    private static final String[] EVERY_TOPIC = everyTopic();

    private static String[] everyTopic() {
        List<String> components = List.of("a", "b", "ab", "7", "a/b", "a/7", "b/");
        List<String> topics = new ArrayList<>(components);
        for (String first : components) {
            for (String second : components) {
                topics.add(first + "." + second);
                components.forEach(third -> topics.add(first + "." + second + "." + third));
            }
        }
        return topics.toArray(String[]::new);
    }

    @Provide
    Arbitrary<String> declarable() {
        return Arbitraries.of("a", "b", "7", ".", "/", "{x}", "{x: \\d+}", "{x: .*}", "{x: a|b}", "{x: [^.]+}")
                .list()
                .ofMinSize(1)
                .ofMaxSize(6)
                .map(TopicPatternPropertiesTest::numbered)
                .filter(TopicPatternPropertiesTest::isDeclarable);
    }

    @Provide
    Arbitrary<List<String>> literalsAndPlaceholders() {
        return Arbitraries.of("a", "b", "{x}").list().ofMinSize(1).ofMaxSize(3);
    }

    @Provide
    Arbitrary<UriPattern> asked() {
        Arbitrary<String> uris =
                Arbitraries.of("a", "b", "7", ".", "/").list().ofMaxSize(6).map(parts -> String.join("", parts));
        return Combinators.combine(Arbitraries.of(MatchPolicy.class), uris)
                .as((policy, uri) -> new UriPattern(policy, new Uri(uri)));
    }

    /** No two placeholders have the same name. */
    private static String numbered(List<String> parts) {
        String text = String.join("", parts);
        for (int i = 0; text.contains("{x"); i++) {
            text = text.replaceFirst("\\{x", "{y" + i);
        }
        return text;
    }

    private static boolean isDeclarable(String text) {
        try {
            return new TopicPattern(text).toString().equals(text);
        } catch (IllegalArgumentException refused) {
            return false;
        }
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
