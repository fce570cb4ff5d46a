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

    @ParameterizedTest
    @CsvSource({
        "exact a.b, exact a.b, true",
        "exact a.b, exact a.c, false",
        "exact a.bc, prefix a.b, true",
        "exact a, prefix a.b, false",
        "exact a.b, wildcard .b, true",
        "exact a.b.c, wildcard .b, false",
        "prefix a.b, prefix a.bc, true",
        "prefix a.b, prefix a.c, false",
        "prefix a.b.c., wildcard ..., true",
        "prefix a.b.c., wildcard .., false",
        "prefix a.b, wildcard .bc.d, true",
        "prefix a.bc, wildcard .b.d, false",
        "prefix a.b.c, wildcard b.., false",
        "prefix a, wildcard , true",
        "wildcard a..c, wildcard .b., true",
        "wildcard a..c, wildcard .b.d, false",
        "wildcard a., wildcard a.., false"
    })
    void patternsOverlapIfThereIsAUriThatBothMatch(String pattern, String other, boolean overlap) {
        assertThat(pattern(pattern).overlaps(pattern(other))).isEqualTo(overlap);
        assertThat(pattern(other).overlaps(pattern(pattern))).isEqualTo(overlap);
    }

    @ParameterizedTest
    @CsvSource({
        "exact a.b, true",
        "exact a., false",
        "exact , false",
        "prefix , true",
        "prefix a.b, true",
        "prefix a., true",
        "prefix a.., false",
        "prefix ., false",
        "prefix .a, false",
        "prefix a..b, false",
        "prefix a#, false",
        "wildcard , true",
        "wildcard .., true",
        "wildcard .a..b., true",
        "wildcard .#., false"
    })
    void aPatternMayLeaveOutWhatItsPolicyAllows(String pattern, boolean legal) {
        assertThat(pattern(pattern).isLegal(Uri.Rules.LOOSE)).isEqualTo(legal);
    }

    @Test
    void theRulesHoldForWhatAPatternNames() {
        assertThat(pattern("wildcard A..b").isLegal(Uri.Rules.LOOSE)).isTrue();
        assertThat(pattern("wildcard A..b").isLegal(Uri.Rules.STRICT)).isFalse();
        assertThat(pattern("prefix A.").isLegal(Uri.Rules.LOOSE)).isTrue();
        assertThat(pattern("prefix A.").isLegal(Uri.Rules.STRICT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "exact wamp.session.on_join, true",
        "exact wampx, false",
        "prefix wamp, true",
        "prefix wamp., true",
        "prefix wamp.session, true",
        "prefix w, false",
        "prefix , false",
        "wildcard wamp..on_join, true",
        "wildcard .session.on_join, false"
    })
    void aPatternIsReservedIfItNamesWampItself(String pattern, boolean reserved) {
        assertThat(pattern(pattern).isReserved()).isEqualTo(reserved);
    }

    @Test
    void policiesHaveTheirNamesOnTheWire() {
        assertThat(MatchPolicy.of("wildcard")).contains(MatchPolicy.WILDCARD);
        assertThat(MatchPolicy.of("Wildcard")).isEmpty();
        assertThat(MatchPolicy.PREFIX.wireName()).isEqualTo("prefix");
    }

    private static UriPattern pattern(String text) {
        String[] parts = text.split(" ", 2);
        return new UriPattern(MatchPolicy.of(parts[0]).orElseThrow(), new Uri(parts.length == 1 ? "" : parts[1]));
    }
}
