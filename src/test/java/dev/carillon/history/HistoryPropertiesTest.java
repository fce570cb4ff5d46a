package dev.carillon.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Against a model that never forgets and looks at everything: nobody misses an event without hearing of a gap. */
class HistoryPropertiesTest {

    private static final int TOPICS = 3;
    private static final UriPattern ANY = new UriPattern(MatchPolicy.PREFIX, new Uri(""));

    /** What happens next: time passes, and a payload of this size is published to one of a few topics. */
    record Step(int seconds, int size, int topic) {}

    @Property(edgeCases = EdgeCasesMode.NONE)
    void afterEveryPositionComesAllThatWasPublishedSinceOrAGap(
            @ForAll("bounds") HistorySettings bounds, @ForAll("steps") List<Step> steps) {
        Instant[] now = {Instant.EPOCH};
        History history = new History(bounds, () -> now[0], "e");
        List<StoredEvent> everything = new ArrayList<>();
        int firstHeld = 0;
        for (Step step : steps) {
            now[0] = now[0].plusSeconds(step.seconds());
            if (step.size() > 0) {
                everything.add(publish(history, step.topic(), step.size()));
            }
            firstHeld = firstHeld(bounds, everything, now[0], firstHeld);
            List<StoredEvent> held = everything.subList(firstHeld, everything.size());

            assertThat(history.position()).isEqualTo("e:" + everything.size());
            assertThat(history.oldestFirst()).isEqualTo(held);
            for (int seen = 0; seen <= everything.size(); seen++) {
                Optional<List<StoredEvent>> missed = history.after("e:" + seen, ANY);
                if (seen < firstHeld) {
                    assertThat(missed)
                            .as("after %s, of which not all is held", seen)
                            .isEmpty();
                } else {
                    assertThat(missed).hasValue(everything.subList(seen, everything.size()));
                }
            }
            assertThat(history.after("e:" + (everything.size() + 1), ANY)).isEmpty();
        }
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void ofOneTopicComesAllThatWasPublishedToItOrAGapIfSomeOfThatIsGone(
            @ForAll("bounds") HistorySettings bounds, @ForAll("steps") List<Step> steps) {
        Instant[] now = {Instant.EPOCH};
        History history = new History(bounds, () -> now[0], "e");
        List<StoredEvent> everything = new ArrayList<>();
        int firstHeld = 0;
        for (Step step : steps) {
            now[0] = now[0].plusSeconds(step.seconds());
            if (step.size() > 0) {
                everything.add(publish(history, step.topic(), step.size()));
            }
            firstHeld = firstHeld(bounds, everything, now[0], firstHeld);
            for (int seen = 0; seen <= everything.size(); seen++) {
                for (int topic = 0; topic <= TOPICS; topic++) {
                    UriPattern one = new UriPattern(MatchPolicy.EXACT, topic(topic));
                    List<StoredEvent> all = of(one, everything.subList(seen, everything.size()));
                    boolean isGap =
                            all.stream().findFirst().map(StoredEvent::sequence).orElse(Long.MAX_VALUE) <= firstHeld;
                    Optional<List<StoredEvent>> missed =
                            history.after("e:" + seen, one).map(events -> of(one, events));
                    assertThat(missed).isEqualTo(isGap ? Optional.empty() : Optional.of(all));
                }
            }
        }
    }

    private static List<StoredEvent> of(UriPattern topics, List<StoredEvent> events) {
        return events.stream().filter(event -> topics.matches(event.topic())).toList();
    }

    @Property(edgeCases = EdgeCasesMode.NONE)
    void whatAStoreIsToldMakesItHoldTheSame(
            @ForAll("bounds") HistorySettings bounds, @ForAll("steps") List<Step> steps) {
        Instant[] now = {Instant.EPOCH};
        History history = new History(bounds, () -> now[0], "e");
        List<StoredEvent> stored = new ArrayList<>();
        long written = 0;
        for (Step step : steps) {
            now[0] = now[0].plusSeconds(step.seconds());
            for (int i = 0; i < step.size(); i++) {
                publish(history, step.topic(), 1);
            }
            Changes changes;
            do {
                changes = history.since(written, 3);
                stored.addAll(changes.added());
                long dropped = changes.dropped();
                stored.removeIf(event -> event.sequence() <= dropped);
                written = changes.head();
            } while (changes.added().size() == 3);
            assertThat(written).isEqualTo(Long.parseLong(history.position().substring(2)));
            assertThat(history.oldestFirst()).isEqualTo(stored);
        }
    }

    @Provide
    Arbitrary<HistorySettings> bounds() {
        return Combinators.combine(
                        Arbitraries.integers().between(1, 40),
                        Arbitraries.integers().between(1, 30).map(Duration::ofSeconds),
                        Arbitraries.longs().between(1, 60))
                .as((events, age, bytes) -> new HistorySettings(ANY, events, age, bytes, Optional.empty()));
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.of(0, 0, 0, 1, 1, 2, 10),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.of(0, 0, 0, 0, 0, 0, 1, 2))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    /** Bounds, one after the other, by going through everything. */
    private static int firstHeld(HistorySettings bounds, List<StoredEvent> everything, Instant now, int before) {
        int first = Math.max(before, everything.size() - bounds.maxEvents());
        while (first < everything.size()
                && everything.get(first).time().plus(bounds.maxAge()).isBefore(now)) {
            first++;
        }
        while (everything.subList(first, everything.size()).stream()
                        .mapToLong(StoredEvent::size)
                        .sum()
                > bounds.maxBytes()) {
            first++;
        }
        return first;
    }

    /** None of them share a slot; nothing is published to the last. */
    private static Uri topic(int number) {
        return new Uri("topic" + number);
    }

    private static StoredEvent publish(History history, int topic, int size) {
        return history.append(
                topic(topic),
                new PublicationId(1),
                Dict.EMPTY,
                new Payload.Json("x".repeat(size)),
                Receivers.EVERYBODY);
    }
}
