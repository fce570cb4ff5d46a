package dev.carillon.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import dev.carillon.support.HandMovedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Event History"; what a position means is in the guide's page "History". */
class HistoryTest {

    private static final UriPattern ORDERS = new UriPattern(MatchPolicy.PREFIX, new Uri("orders/"));

    private final HandMovedClock clock = new HandMovedClock();
    private long lastPublication = 5000;

    @Test
    void aPositionIsTheEpochAndHowManyThereHaveBeen() {
        History history = keeping(3);
        assertThat(history.position()).isEqualTo("e:0");

        StoredEvent event = append(history, "first");
        assertThat(history.position(event)).isEqualTo("e:1").isEqualTo(history.position());
        assertThat(event.time()).isEqualTo(clock.instant());
    }

    @Test
    void afterAPositionComesWhatWasAppendedSince() {
        History history = keeping(3);
        append(history, "a");
        String before = history.position();
        append(history, "b");
        append(history, "c");

        assertThat(after(history, before)).hasValue(List.of("b", "c"));
        assertThat(after(history, history.position())).hasValue(List.of());
        assertThat(after(history, "e:0")).hasValue(List.of("a", "b", "c"));
    }

    @Test
    void whoMissedMoreThanIsKeptHearsOfAGap() {
        History history = keeping(3);
        Stream.of("a", "b", "c", "d").forEach(text -> append(history, text));

        assertThat(after(history, "e:0")).isEmpty();
        assertThat(after(history, "e:1")).hasValue(List.of("b", "c", "d"));
    }

    @Test
    void whatABusyNeighbourPushesOutIsNoGapForAQuietTopic() {
        History history = keeping(3);
        append(history, "orders/quiet", "a");
        Stream.of("b", "c", "d").forEach(text -> append(history, "orders/busy", text));

        assertThat(after(history, "e:0", "orders/quiet")).as("a is gone").isEmpty();
        assertThat(after(history, "e:1", "orders/quiet")).isPresent();
        append(history, "orders/busy", "e");
        assertThat(after(history, "e:1", "orders/quiet")).hasValue(List.of("c", "d", "e"));
        assertThat(after(history, "e:1", "orders/busy")).as("b is gone").isEmpty();
        assertThat(after(history, "e:2", "orders/busy")).hasValue(List.of("c", "d", "e"));
        assertThat(after(history, "e:1")).as("b may have matched").isEmpty();
        assertThat(after(history, "e:6", "orders/quiet")).as("not given yet").isEmpty();
    }

    @Test
    void whatAgeTakesFromOneTopicIsNoGapForAnother() {
        History history = history(100, Duration.ofMinutes(10), 1000);
        append(history, "orders/1", "a");
        clock.move(Duration.ofMinutes(11));
        assertThat(after(history, "e:0", "orders/2")).hasValue(List.of());
        assertThat(after(history, "e:0", "orders/1")).isEmpty();
    }

    @Test
    void whatWasDroppedBeforeTheStartMayHaveBeenOfAnyTopic() {
        History before = keeping(2);
        Stream.of("a", "b", "c").forEach(text -> append(before, "orders/1", text));
        History history = new History(
                before.settings(), clock, "e", 3, before.oldestFirst().toList());

        assertThat(after(history, "e:0", "orders/quiet")).isEmpty();
        assertThat(after(history, "e:1", "orders/quiet")).hasValue(List.of("b", "c"));
        append(history, "orders/1", "d");
        assertThat(after(history, "e:1", "orders/quiet")).hasValue(List.of("c", "d"));
    }

    @Test
    void ofWhatIsAgainstSessionsOnlyItsPlaceIsKept() {
        History history = keeping(3);
        Receivers against = new Receivers(List.of(), Audience.ofSessions(Set.of(7L)), null);
        StoredEvent withheld = history.append(
                new Uri("orders/1"),
                new PublicationId(1),
                Dict.of("publisher", 7L),
                new Payload.Json("secret"),
                against);
        append(history, "b");

        assertThat(withheld.isWithheld()).isTrue();
        assertThat(withheld.payload()).isEqualTo(Payload.NONE);
        assertThat(withheld.details()).isEqualTo(Dict.EMPTY);
        assertThat(history.after("e:0", ORDERS))
                .hasValueSatisfying(events ->
                        assertThat(events).extracting(StoredEvent::isWithheld).containsExactly(true, false));
    }

    @Test
    void whatIsClearedIsAGapForThoseWhoMissedItAndNobodyElse() {
        History history = new History(HistorySettings.of(ORDERS), clock, "e");
        append(history, "orders/quiet", "a");
        append(history, "orders/busy", "b");
        assertThat(history.extent().events()).isEqualTo(2);
        assertThat(history.clear()).isEqualTo(2);
        assertThat(history.extent()).isEqualTo(new History.Extent(0, null, null));
        assertThat(history.position()).isEqualTo("e:2");
        assertThat(after(history, "e:0", "orders/quiet")).isEmpty();
        assertThat(after(history, "e:1", "orders/quiet")).hasValue(List.of());
        assertThat(after(history, "e:1", "orders/busy")).isEmpty();
        append(history, "orders/busy", "c");
        assertThat(after(history, "e:2")).hasValue(List.of("c"));
        assertThat(history.clear()).isEqualTo(1);
        assertThat(history.clear()).isZero();
    }

    @Test
    void whatIsTooOldIsAGapToo() {
        History history = history(100, Duration.ofMinutes(10), 1000);
        append(history, "a");
        clock.move(Duration.ofMinutes(6));
        append(history, "b");
        clock.move(Duration.ofMinutes(5));

        assertThat(after(history, "e:0")).isEmpty();
        assertThat(after(history, "e:1")).hasValue(List.of("b"));
        clock.move(Duration.ofMinutes(6));
        assertThat(after(history, "e:1")).isEmpty();
        assertThat(after(history, "e:2")).as("nothing was missed").hasValue(List.of());
        assertThat(history.oldestFirst()).isEmpty();
    }

    @Test
    void anEventIsKeptForExactlyItsTime() {
        History history = history(100, Duration.ofMinutes(10), 1000);
        append(history, "a");
        clock.move(Duration.ofMinutes(10));
        assertThat(after(history, "e:0")).hasValue(List.of("a"));
        clock.move(Duration.ofMillis(1));
        assertThat(after(history, "e:0")).isEmpty();
    }

    @Test
    void largePayloadsDriveOutEarlierEvents() {
        History history = history(100, Duration.ofHours(1), 26); // topics count too
        append(history, "aaaa");
        append(history, "bbbb");
        append(history, "cccc");
        assertThat(after(history, "e:0")).isEmpty();
        assertThat(after(history, "e:1")).hasValue(List.of("bbbb", "cccc"));

        append(history, "far, far, far too large");
        assertThat(after(history, "e:3")).as("not even this one is kept").isEmpty();
        assertThat(after(history, "e:4")).hasValue(List.of());
        append(history, "d");
        assertThat(after(history, "e:4")).hasValue(List.of("d"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "e",
                "e:",
                ":1",
                "e:1 ",
                "e:01",
                "e:+1",
                "e:-1",
                "e:1.0",
                "e:x",
                "e:1:1",
                "E:1",
                "ee:1",
                "f:1",
                "e:3",
                "e:99999999999999999999",
                "e:\u0661"
            })
    void whatIsNoPositionOfThisEpochIsAGap(String position) {
        History history = keeping(3);
        append(history, "a");
        append(history, "b");
        assertThat(after(history, position)).isEmpty();
    }

    @Test
    void heldEventsAreWalked() {
        History history = keeping(3);
        Stream.of("a", "b", "c", "d").forEach(text -> append(history, text));

        assertThat(history.oldestFirst().map(HistoryTest::text)).containsExactly("b", "c", "d");
    }

    @Test
    void aWalkLeavesOutWhatIsDroppedMeanwhile() {
        History history = keeping(2);
        append(history, "a");
        append(history, "b");
        List<String> walked = new ArrayList<>();
        history.oldestFirst().forEach(event -> {
            walked.add(text(event));
            if (walked.size() == 1) {
                append(history, "c");
                append(history, "d");
            }
        });
        assertThat(walked).containsExactly("a");
    }

    @Test
    void whatWasStoredGoesOnUnderItsNumbers() {
        History before = keeping(10);
        Stream.of("a", "b", "c").forEach(text -> append(before, text));
        History history = new History(
                before.settings(), clock, "e", 3, before.oldestFirst().toList());

        append(history, "d");
        assertThat(after(history, "e:1")).hasValue(List.of("b", "c", "d"));
    }

    @Test
    void whatIsBeforeAHoleIsNotTaken() {
        History before = keeping(10);
        Stream.of("a", "b", "c", "d").forEach(text -> append(before, text));
        List<StoredEvent> holed =
                before.oldestFirst().filter(event -> event.sequence() != 2).toList();

        History history = new History(before.settings(), clock, "e", 4, holed);
        assertThat(after(history, "e:1")).isEmpty();
        assertThat(after(history, "e:2")).hasValue(List.of("c", "d"));

        History endless = new History(before.settings(), clock, "e", 5, holed);
        assertThat(after(endless, "e:4")).as("the fifth is not there").isEmpty();
        assertThat(after(endless, "e:5")).hasValue(List.of());
    }

    private History keeping(int events) {
        return history(events, Duration.ofHours(1), 1000);
    }

    private History history(int maxEvents, Duration maxAge, long maxBytes) {
        return new History(new HistorySettings(ORDERS, maxEvents, maxAge, maxBytes, Optional.empty()), clock, "e");
    }

    private StoredEvent append(History history, String text) {
        return append(history, "orders/1", text);
    }

    private StoredEvent append(History history, String topic, String text) {
        return history.append(
                new Uri(topic),
                new PublicationId(++lastPublication),
                Dict.EMPTY,
                new Payload.Json(text),
                Receivers.EVERYBODY);
    }

    private static Optional<List<String>> after(History history, String position) {
        return after(history, position, ORDERS);
    }

    private static Optional<List<String>> after(History history, String position, String topic) {
        return after(history, position, new UriPattern(MatchPolicy.EXACT, new Uri(topic)));
    }

    private static Optional<List<String>> after(History history, String position, UriPattern topics) {
        return history.after(position, topics)
                .map(events -> events.stream().map(HistoryTest::text).toList());
    }

    private static String text(StoredEvent event) {
        return ((Payload.Json) event.payload()).text();
    }
}
