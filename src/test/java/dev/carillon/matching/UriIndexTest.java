package dev.carillon.matching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.carillon.protocol.Uri;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advanced Profile, "Pattern-based Subscriptions" and "Pattern-based Registrations". */
class UriIndexTest {

    /** Far more than what is tested takes; far less than it would take if the work were not bounded. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final UriIndex<String> index = new UriIndex<>();

    @Test
    void anEmptyIndexHasNothing() {
        assertThat(index.get(pattern("exact a.b"))).isEmpty();
        assertThat(index.best(new Uri("a.b"))).isEmpty();
        assertThat(matches("a.b")).isEmpty();
    }

    @Test
    void oneUriHasAValuePerPolicy() {
        add("exact a.b", "prefix a.b", "wildcard a.b");
        assertThat(index.get(pattern("prefix a.b"))).contains("prefix a.b");
        assertThat(matches("a.b")).containsExactly("exact a.b", "prefix a.b", "wildcard a.b");
        index.remove(pattern("prefix a.b"));
        assertThat(index.get(pattern("prefix a.b"))).isEmpty();
        assertThat(matches("a.b")).containsExactly("exact a.b", "wildcard a.b");
    }

    @Test
    void allMatchesAreFound() {
        add(
                "exact a.b",
                "prefix a.bc",
                "prefix a",
                "wildcard .b",
                "prefix a.",
                "wildcard a.",
                "wildcard .",
                "prefix b");
        assertThat(matches("a.b"))
                .containsExactly("exact a.b", "prefix a", "prefix a.", "wildcard a.", "wildcard .b", "wildcard .");
    }

    @Test
    void removingWhatIsNotThereRemovesNothing() {
        add("prefix abc", "wildcard a..c");
        List.of("exact abc", "prefix ab", "prefix abcd", "wildcard a.b.c", "wildcard a.", "wildcard a..c.")
                .forEach(absent -> index.remove(pattern(absent)));
        assertThat(index.get(pattern("prefix abc"))).contains("prefix abc");
        assertThat(index.get(pattern("wildcard a..c"))).contains("wildcard a..c");
        assertThat(matches("abc")).containsExactly("prefix abc");
        assertThat(matches("a.b.c")).containsExactly("wildcard a..c");
    }

    /** The examples of the specification, but for the one of the next test. */
    @ParameterizedTest
    @CsvSource({
        "a1.b2.c3.d4.e55, exact a1.b2.c3.d4.e55",
        "a1.b2.c3.d98.e74, prefix a1.b2.c3",
        "a1.b2.c3.d4.e325, prefix a1.b2.c3.d4",
        "a1.b2.c55.d4.e5, wildcard a1.b2..d4.e5",
        "a1.b2.c88.d4.e5.f6.g7, wildcard a1.b2..d4.e5..g7",
        "a2.b2.c2.d2.e2, "
    })
    void aCallGoesToTheBestRegistration(String procedure, String best) {
        addThoseOfTheSpecification();
        assertThat(index.best(new Uri(procedure)).orElse(null)).isEqualTo(best);
    }

    /** There the specification forgets that {@code a1.b2.c3} is a prefix of this as well, by its own definition. */
    @Test
    void theLongerFirstConcretePartWinsIfNoPrefixMatches() {
        addThoseOfTheSpecification();
        Uri procedure = new Uri("a1.b2.c33.d4.e5");
        assertThat(index.best(procedure)).contains("prefix a1.b2.c3");
        index.remove(pattern("prefix a1.b2.c3"));
        assertThat(index.best(procedure)).contains("wildcard a1.b2.c33..e5");
    }

    @Test
    void whenTheBestIsGoneTheNextBestIsCalled() {
        add("exact a.b.c", "prefix a.b", "prefix a", "wildcard a.b.", "wildcard a..c", "wildcard ..");
        List<String> best = new ArrayList<>();
        for (var next = index.best(new Uri("a.b.c")); next.isPresent(); next = index.best(new Uri("a.b.c"))) {
            best.add(next.get());
            index.remove(pattern(next.get()));
        }
        assertThat(best)
                .containsExactly(
                        "exact a.b.c", "prefix a.b", "prefix a", "wildcard a.b.", "wildcard a..c", "wildcard ..");
    }

    @Test
    void prefixesThatNestDeeplyAreEachFound() {
        int depth = 6_000;
        assertTimeoutPreemptively(DEADLINE, () -> {
            addAll(MatchPolicy.PREFIX, depth, "a"::repeat);
            assertThat(matches("a".repeat(depth) + "b")).hasSize(depth);
            for (int i = 1; i < depth; i += 2) {
                index.remove(new UriPattern(MatchPolicy.PREFIX, new Uri("a".repeat(i))));
            }
            assertThat(matches("a".repeat(depth))).hasSize(depth / 2);
        });
    }

    @Test
    void patternsOfAMegabyteAreMatchedWithoutRecursion() {
        String components = "a.".repeat(500_000);
        String wildcards = ".".repeat(500_000);
        assertTimeoutPreemptively(DEADLINE, () -> {
            addAll(MatchPolicy.WILDCARD, 20, i -> wildcards + i);
            addAll(MatchPolicy.WILDCARD, 20, i -> components + i);
            addAll(MatchPolicy.PREFIX, 20, i -> components + i);
            for (int i = 0; i < 20; i++) {
                assertThat(matches(components + "7")).hasSize(3);
                assertThat(index.best(new Uri("b" + components + "x"))).isEmpty();
            }
        });
    }

    /**
     * At each of 14 components any URI of these goes both ways, and everywhere a long component is skipped and the
     * end differs.
     */
    @Test
    void wildcardsThatBranchEverywhereAreEachLookedAtOnce() {
        int branches = 14;
        String skipped = "x".repeat(500_000);
        assertTimeoutPreemptively(DEADLINE, () -> {
            addAll(MatchPolicy.WILDCARD, 1 << branches, mask -> {
                StringBuilder pattern = new StringBuilder();
                for (int i = 0; i < branches; i++) {
                    pattern.append((mask >> i & 1) == 0 ? "" : "a").append('.');
                }
                return pattern + "..end";
            });
            String all = "a.".repeat(branches) + skipped + "." + skipped + ".";
            for (int i = 0; i < 20; i++) {
                assertThat(matches(all + "end")).hasSize(1 << branches);
                assertThat(matches(all + "other")).isEmpty();
            }
            assertThat(matches("a.".repeat(branches - 1) + "b.c.d.end")).hasSize(1 << branches - 1);
        });
    }

    @Test
    void urisWithEqualHashesAreNotSlow() {
        int digits = 16;
        IntFunction<String> collision = number -> {
            StringBuilder uri = new StringBuilder();
            for (int i = 0; i < digits; i++) {
                uri.append((number >> i & 1) == 0 ? "Aa" : "BB");
            }
            return uri.toString();
        };
        assertThat(collision.apply(0)).hasSameHashCodeAs(collision.apply(77));
        assertTimeoutPreemptively(DEADLINE, () -> {
            addAll(MatchPolicy.EXACT, 1 << digits, collision);
            addAll(MatchPolicy.WILDCARD, 1 << digits, number -> "." + collision.apply(number));
            for (int i = 0; i < 1 << digits; i++) {
                assertThat(index.best(new Uri(collision.apply(i)))).isPresent();
                assertThat(index.best(new Uri("a." + collision.apply(i)))).isPresent();
            }
        });
    }

    private void addThoseOfTheSpecification() {
        add(
                "exact a1.b2.c3.d4.e55",
                "prefix a1.b2.c3",
                "prefix a1.b2.c3.d4",
                "wildcard a1.b2..d4.e5",
                "wildcard a1.b2.c33..e5",
                "wildcard a1.b2..d4.e5..g7",
                "wildcard a1.b2..d4..f6.g7");
    }

    private void add(String... patterns) {
        for (String pattern : patterns) {
            index.computeIfAbsent(pattern(pattern), added -> pattern);
        }
    }

    private void addAll(MatchPolicy policy, int number, IntFunction<String> uri) {
        for (int i = 0; i < number; i++) {
            String value = policy.wireName() + i;
            index.computeIfAbsent(new UriPattern(policy, new Uri(uri.apply(i))), added -> value);
        }
    }

    private List<String> matches(String uri) {
        List<String> matches = new ArrayList<>();
        index.forEachMatch(new Uri(uri), matches::add);
        return matches;
    }

    private static UriPattern pattern(String text) {
        String[] parts = text.split(" ");
        return new UriPattern(MatchPolicy.of(parts[0]).orElseThrow(), new Uri(parts[1]));
    }
}
