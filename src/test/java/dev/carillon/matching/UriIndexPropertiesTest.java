package dev.carillon.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Uri;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.BeforeTry;

/** The index against one pattern after the other. */
class UriIndexPropertiesTest {

    /** Adds the pattern, or removes it. */
    record Change(boolean adds, UriPattern pattern) {}

    private UriIndex<UriPattern> index = new UriIndex<>();
    private Map<UriPattern, UriPattern> model = new LinkedHashMap<>();

    @BeforeTry
    void beginEmpty() {
        index = new UriIndex<>();
        model = new LinkedHashMap<>();
    }

    @Property
    void theIndexFindsWhatPatternsMatchWhateverWasAddedAndRemoved(
            @ForAll("changes") List<Change> changes, @ForAll("uris") List<Uri> uris) {
        for (Change change : changes) {
            apply(change);
            Uri own = change.pattern().uri();
            assertThat(matches(own)).containsExactlyInAnyOrderElementsOf(expected(own));
            assertThat(index.get(change.pattern()).isPresent()).isEqualTo(change.adds());
        }
        for (Uri uri : uris) {
            assertThat(matches(uri)).containsExactlyInAnyOrderElementsOf(expected(uri));
        }
    }

    @Property
    void theBestIsTheOneOfTheSpecification(@ForAll("changes") List<Change> changes, @ForAll("uris") List<Uri> uris) {
        changes.forEach(this::apply);
        for (Uri uri : uris) {
            assertThat(index.best(uri)).isEqualTo(best(uri));
        }
    }

    @Property
    void matchesComeExactOneFirstThenLongerAndLongerPrefixesThenTheMostSpecificWildcards(
            @ForAll("changes") List<Change> changes, @ForAll("uris") List<Uri> uris) {
        changes.forEach(this::apply);
        Comparator<UriPattern> order = Comparator.comparing(UriPattern::policy)
                .thenComparing(
                        p -> p.policy() == MatchPolicy.PREFIX ? p.uri().value().length() : 0)
                .thenComparing(BY_CONCRETE_PARTS.reversed());
        for (Uri uri : uris) {
            assertThat(matches(uri)).isSortedAccordingTo(order);
        }
    }

    @Property
    void whatIsThereIsNotMadeAgain(@ForAll("changes") List<Change> changes) {
        changes.forEach(this::apply);
        for (UriPattern pattern : model.keySet()) {
            UriPattern found =
                    index.computeIfAbsent(pattern, p -> new UriPattern(MatchPolicy.EXACT, new Uri("another")));
            assertThat(found).isSameAs(model.get(pattern));
        }
    }

    private void apply(Change change) {
        if (change.adds()) {
            index.computeIfAbsent(change.pattern(), pattern -> pattern);
            model.putIfAbsent(change.pattern(), change.pattern());
        } else {
            index.remove(change.pattern());
            model.remove(change.pattern());
        }
    }

    private List<UriPattern> matches(Uri uri) {
        List<UriPattern> matches = new ArrayList<>();
        index.forEachMatch(uri, matches::add);
        return matches;
    }

    private List<UriPattern> expected(Uri uri) {
        return model.values().stream().filter(pattern -> pattern.matches(uri)).toList();
    }

    private Optional<UriPattern> best(Uri uri) {
        Optional<UriPattern> exact = best(uri, MatchPolicy.EXACT, (a, b) -> 0);
        Optional<UriPattern> prefix = best(
                uri,
                MatchPolicy.PREFIX,
                Comparator.comparing(p -> p.uri().value().length()));
        return exact.or(() -> prefix).or(() -> best(uri, MatchPolicy.WILDCARD, BY_CONCRETE_PARTS));
    }

    private Optional<UriPattern> best(Uri uri, MatchPolicy policy, Comparator<UriPattern> comparator) {
        Predicate<UriPattern> isOfPolicy = pattern -> pattern.policy() == policy;
        return expected(uri).stream().filter(isOfPolicy).max(comparator);
    }

    /** The longest first concrete part is the greatest; with equal ones the second decides, and so on. */
    private static final Comparator<UriPattern> BY_CONCRETE_PARTS =
            (one, other) -> Arrays.compare(concreteParts(one), concreteParts(other));

    /** How many components stand before each wildcard, and behind the last. */
    private static int[] concreteParts(UriPattern pattern) {
        List<Integer> parts = new ArrayList<>(List.of(0));
        if (pattern.policy() == MatchPolicy.WILDCARD) {
            for (String component : pattern.uri().value().split("\\.", -1)) {
                if (component.isEmpty()) {
                    parts.add(0);
                } else {
                    parts.set(parts.size() - 1, parts.get(parts.size() - 1) + 1);
                }
            }
        }
        return parts.stream().mapToInt(part -> part).toArray();
    }

    @Provide
    Arbitrary<List<Change>> changes() {
        Arbitrary<UriPattern> patterns =
                Combinators.combine(Arbitraries.of(MatchPolicy.class), uri()).as(UriPattern::new);
        // More is added than removed, or the index would stay empty.
        Arbitrary<Boolean> adds = Arbitraries.of(true, true, false);
        return Combinators.combine(adds, patterns).as(Change::new).list().ofMaxSize(60);
    }

    @Provide
    Arbitrary<List<Uri>> uris() {
        return uri().list().ofMaxSize(20);
    }

    /** From few components, so that patterns share what they begin with; empty ones, and empty URIs, too. */
    private static Arbitrary<Uri> uri() {
        return Arbitraries.of("", "", "a", "b", "ab", "aab", "\ud83d\ude00", "\ud83d\ude01")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(components -> new Uri(String.join(".", components)));
    }
}
