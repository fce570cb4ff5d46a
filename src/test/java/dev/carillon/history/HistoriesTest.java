package dev.carillon.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HistoriesTest {

    @ParameterizedTest
    @CsvSource({
        "orders/17, prefix orders/",
        "chat, exact chat",
        "chat.sales, ''",
        "a.b.c, wildcard a..c",
        "order, ''",
    })
    void aTopicIsInTheHistoryWhosePatternMatchesIt(String topic, String history) {
        assertThat(histories("prefix orders/", "exact chat", "wildcard a..c")
                        .of(new Uri(topic))
                        .map(found -> found.settings().name())
                        .orElse(""))
                .isEqualTo(history);
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, orders/, prefix orders/",
        "prefix, orders/17, prefix orders/",
        "prefix, orders, ''",
        "prefix, chat, ''",
        "wildcard, a..c, wildcard a..c",
        "wildcard, a.b.c, wildcard a..c",
        "wildcard, a.., ''",
    })
    void aSubscriptionHasTheHistoryThatKeepsAllItsEvents(String policy, String uri, String history) {
        UriPattern subscription = new UriPattern(MatchPolicy.of(policy).orElseThrow(), new Uri(uri));
        assertThat(histories("prefix orders/", "exact chat", "wildcard a..c")
                        .of(subscription)
                        .map(found -> found.settings().name())
                        .orElse(""))
                .isEqualTo(history);
    }

    @ParameterizedTest
    @CsvSource({
        "prefix orders/, prefix orders/1",
        "prefix orders/, exact orders/1",
        "exact chat, exact chat",
        "wildcard a..c, exact a.b.c",
        "prefix a., wildcard a..c",
        "prefix a.b, wildcard .bc",
        "wildcard a..c, wildcard .b.",
    })
    void noTopicMayBeInTwoHistories(String one, String other) {
        assertThatThrownBy(() -> histories(one, other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("history has '" + one + "' and '" + other
                        + "', which share topics; each topic must be in one history at most");
        assertThatThrownBy(() -> histories(other, one)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theOneOfEverythingHasEveryTopicAndEverySubscription() {
        Histories histories =
                Histories.inMemory(Stream.of(HistorySettings.EVERYTHING).toList(), () -> Instant.EPOCH, () -> "e");
        assertThat(histories.of(new Uri("any.thing"))).isPresent();
        assertThat(histories.of(new UriPattern(MatchPolicy.PREFIX, new Uri(""))))
                .isPresent();
        assertThat(histories.of(new UriPattern(MatchPolicy.WILDCARD, new Uri(".."))))
                .isPresent();
    }

    @Test
    void anEntrySaysWhatIsKept() {
        assertThat(HistorySettings.parse(" prefix orders/ keep 10 for P7D  within 4096 bytes in shop "))
                .isEqualTo(new HistorySettings(
                        new UriPattern(MatchPolicy.PREFIX, new Uri("orders/")),
                        10,
                        Duration.ofDays(7),
                        4096,
                        Optional.of("shop")));
        assertThat(HistorySettings.parse("exact chat"))
                .isEqualTo(HistorySettings.of(new UriPattern(MatchPolicy.EXACT, new Uri("chat"))));
        assertThat(HistorySettings.parse("exact chat for PT5M").maxAge()).isEqualTo(Duration.ofMinutes(5));
        assertThat(HistorySettings.parse("exact chat in shop").realm()).contains("shop");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders/",
                "regex orders/",
                "prefix",
                "prefix orders/ keep",
                "prefix orders/ keep many",
                "prefix orders/ keep 99999999999",
                "prefix orders/ for ever",
                "prefix orders/ within 10",
                "prefix orders/ within x bytes",
                "prefix orders/ for PT1H keep 10",
                "prefix a..b",
                "prefix orders/ in shop in stock"
            })
    void anEntryThatSaysSomethingElseIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> HistorySettings.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("history has '" + text + "'; it must be as in 'prefix orders/ keep 1000");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exact a keep 0 | history keeps 0 of exact a; it must be 1 or more",
                "exact a for PT0S | history keeps exact a for PT0S; it must be positive, and 36525 days at most",
                "exact a for PT-1S | history keeps exact a for PT-1S; it must be positive, and 36525 days at most",
                "exact a for P36526D | history keeps exact a for PT876624H; it must be positive, and 36525 days at most",
                "exact a within 0 bytes | history keeps exact a within 0 bytes; it must be 1 or more"
            })
    void boundsThatKeepNothingAreRefused(String text, String sentence) {
        assertThatThrownBy(() -> HistorySettings.parse(text)).hasMessage(sentence);
    }

    private static Histories histories(String... entries) {
        return Histories.inMemory(
                Stream.of(entries).map(HistorySettings::parse).toList(), () -> Instant.EPOCH, () -> "e");
    }
}
