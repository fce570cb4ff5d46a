package dev.carillon.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Uri;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Patterns against what they stand for, URI by URI. */
class UriPatternPropertiesTest {

    /**
     * All URIs of up to four components out of these. For patterns of up to three, made of parts of these, no more
     * are needed.
     */
    private static final List<Uri> ALL = Stream.iterate(
                    List.of("a", "b", "ab", "abb", "ba", "bab"),
                    shorter -> shorter.stream()
                            .flatMap(uri -> Stream.of("a", "b", "ab", "abb", "ba", "bab")
                                    .map(more -> uri + "." + more))
                            .toList())
            .limit(4)
            .flatMap(List::stream)
            .map(Uri::new)
            .toList();

    @Property
    void patternsOverlapIfALegalUriIsMatchedByBoth(
            @ForAll("legalPatterns") UriPattern one, @ForAll("legalPatterns") UriPattern other) {
        boolean both = ALL.stream().anyMatch(uri -> one.matches(uri) && other.matches(uri));
        assertThat(one.overlaps(other)).isEqualTo(both);
        assertThat(other.overlaps(one)).isEqualTo(both);
    }

    @Property
    void whatCoversAPatternOverlapsIt(@ForAll("patterns") UriPattern one, @ForAll("patterns") UriPattern other) {
        assertThat(one.overlaps(other) || !one.covers(other)).isTrue();
        assertThat(one.overlaps(one)).isTrue();
    }

    @Property
    void aPrefixIsLegalIfALegalUriBeginsWithIt(@ForAll("texts") String text, @ForAll Uri.Rules rules) {
        boolean isLegal = new Uri(text + "x").isLegal(rules);
        assertThat(new UriPattern(MatchPolicy.PREFIX, new Uri(text)).isLegal(rules))
                .isEqualTo(isLegal);
    }

    @Property
    void aWildcardPatternIsLegalIfItIsWithNamesForItsWildcards(@ForAll("texts") String text, @ForAll Uri.Rules rules) {
        List<String> named = Arrays.stream(text.split("\\.", -1))
                .map(component -> component.isEmpty() ? "x" : component)
                .toList();
        assertThat(new UriPattern(MatchPolicy.WILDCARD, new Uri(text)).isLegal(rules))
                .isEqualTo(new Uri(String.join(".", named)).isLegal(rules));
    }

    @Property
    void anExactPatternIsAsLegalAsItsUri(@ForAll("texts") String text, @ForAll Uri.Rules rules) {
        assertThat(new UriPattern(MatchPolicy.EXACT, new Uri(text)).isLegal(rules))
                .isEqualTo(new Uri(text).isLegal(rules));
    }

    @Provide
    Arbitrary<UriPattern> legalPatterns() {
        return patterns().filter(pattern -> pattern.isLegal(Uri.Rules.STRICT));
    }

    @Provide
    Arbitrary<UriPattern> patterns() {
        Arbitrary<Uri> uris = Arbitraries.of("", "a", "b", "ab", "ba")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(components -> new Uri(String.join(".", components)));
        return Combinators.combine(Arbitraries.of(MatchPolicy.class), uris).as(UriPattern::new);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "B", "ä", "9", ".", "..", " ", "#", "")
                .list()
                .ofMaxSize(6)
                .map(parts -> String.join("", parts));
    }
}
