package dev.carillon.matching;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Uri;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Advanced Profile, "Pattern-based Subscriptions". */
class UriPatternTest {

    @ParameterizedTest
    @CsvSource({
        "exact a.b, a.b, true",
        "exact a.b, a.bc, false",
        "prefix a.b, a.b, true",
        "prefix a.b, a.bc, true",
        "prefix a.b., a.b, false",
        "prefix a.b., a.b.c.d, true",
        "wildcard a..c, a.b.c, true",
        "wildcard a..c, a.b.d, false",
        "wildcard a..c, a.b.b.c, false",
        "wildcard a., a.b, true",
        "wildcard ., a.b, true",
        "wildcard ., a, false"
    })
    void aPatternMatchesWhatItStandsFor(String pattern, String uri, boolean matches) {
        assertThat(pattern(pattern).matches(new Uri(uri))).isEqualTo(matches);
    }

    @ParameterizedTest
    @CsvSource({
        "exact a.b, exact a.b, true",
        "exact a.b, prefix a.b, false",
        "exact a.b, wildcard a.b, false",
        "prefix a., prefix a.b, true",
        "prefix a.b, prefix a., false",
        "prefix a., wildcard a..c, true",
        "prefix a.b, wildcard a..c, false",
        "prefix a.b, wildcard a.b.c, true",
        "wildcard a..c, wildcard a.b.c, true",
        "wildcard a.b.c, wildcard a..c, false",
        "wildcard a., prefix a., false",
        "wildcard ., prefix a., false"
    })
    void aPatternCoversAnotherIfItMatchesAllThatTheOtherMatches(String pattern, String other, boolean covers) {
        assertThat(pattern(pattern).covers(pattern(other))).isEqualTo(covers);
    }

    @Test
    void policiesHaveTheirNamesOnTheWire() {
        assertThat(MatchPolicy.of("wildcard")).contains(MatchPolicy.WILDCARD);
        assertThat(MatchPolicy.of("Wildcard")).isEmpty();
        assertThat(MatchPolicy.PREFIX.wireName()).isEqualTo("prefix");
    }

    private static UriPattern pattern(String text) {
        String[] parts = text.split(" ");
        return new UriPattern(MatchPolicy.of(parts[0]).orElseThrow(), new Uri(parts[1]));
    }
}
