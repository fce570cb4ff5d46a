package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How much is retained, and what is let go. */
class RetainedEventsTest {

    private static final UriPattern EVERYTHING = new UriPattern(MatchPolicy.PREFIX, new Uri(""));
    private static final long MEGABYTE = 1024 * 1024;

    private final RetainedEvents retained = new RetainedEvents(3, MEGABYTE);
    private long published;

    @Test
    void beyondTheMostTopicsTheOneThatWasNotPublishedToForLongestIsForgotten() {
        put("a");
        put("b");
        put("c");
        put("a");
        put("d");
        assertThat(topics()).containsExactly("c", "a", "d");
        assertThat(retained.topics()).isEqualTo(3);
    }

    @Test
    void beyondTheMostBytesToo() {
        put("a", Receivers.EVERYBODY, (int) (MEGABYTE / 2) - 1); // the topic counts too
        put("b", Receivers.EVERYBODY, (int) (MEGABYTE / 2) - 1);
        assertThat(topics()).containsExactly("a", "b");
        put("c", Receivers.EVERYBODY, 10);
        assertThat(topics()).containsExactly("b", "c");
        put("d", Receivers.EVERYBODY, 2 * (int) MEGABYTE);
        assertThat(topics()).containsExactly("d");
        assertThat(retained.bytes()).isEqualTo(2 * MEGABYTE + 1);
        put("a", Receivers.EVERYBODY, 10);
        assertThat(topics()).containsExactly("a");
        assertThat(retained.bytes()).isEqualTo(11);
    }

    @Test
    void oneForTheSameReceiversTakesItsPlace() {
        for (int i = 0; i < 10; i++) {
            put("a", user("alice"), 10);
            put("a", new Receivers(user("alice").within(), Audience.NOBODY, new SessionId(7)), 10);
        }
        assertThat(retained.bytes()).isEqualTo(size(user("alice")));
    }

    @Test
    void theOneForEverybodyOutlivesAnyNumberOfOthers() {
        put("a");
        for (int i = 1; i <= 2 * RetainedEvents.MOST_OF_A_TOPIC; i++) {
            put("a", user("user" + i), 10);
        }
        assertThat(retained.bytes()).isEqualTo(size(Receivers.EVERYBODY) + sizeOfUsers(102, 200));
        assertThat(idsFor(publication -> publication.receivers().isEverybody())).containsExactly(1L);
        assertThat(idsFor(publication -> publication.receivers().equals(user("user101"))))
                .isEmpty();
        assertThat(idsFor(publication -> publication.receivers().equals(user("user102"))))
                .containsExactly(103L);
    }

    @Test
    void withoutOneForEverybodyTheOldestGoes() {
        for (int i = 1; i <= RetainedEvents.MOST_OF_A_TOPIC + 1; i++) {
            put("a", user("user" + i), 10);
        }
        assertThat(retained.bytes()).isEqualTo(sizeOfUsers(2, 101));
        assertThat(idsFor(publication -> publication.receivers().equals(user("user1"))))
                .isEmpty();
        assertThat(idsFor(publication -> publication.receivers().equals(user("user2"))))
                .containsExactly(2L);
    }

    @Test
    void whatIsForNobodyIsNotKept() {
        put("a", new Receivers(List.of(Audience.NOBODY), Audience.NOBODY, null), 10);
        assertThat(retained.topics()).isZero();
    }

    @Test
    void clearingTakesWhatThePatternMatches() {
        put("a.b");
        put("a.c");
        put("b");
        assertThat(retained.clear(new UriPattern(MatchPolicy.EXACT, new Uri("x"))))
                .isZero();
        assertThat(retained.clear(new UriPattern(MatchPolicy.PREFIX, new Uri("a."))))
                .isEqualTo(2);
        assertThat(topics()).containsExactly("b");
        assertThat(retained.clear(EVERYTHING)).isEqualTo(1);
        assertThat(retained.bytes()).isZero();
    }

    @Test
    void listsAndDetailsCountAsPayloadsDo() {
        put("a", user("x".repeat(255)), 10);
        assertThat(retained.bytes()).isGreaterThan(255 + 10);
        Dict details = Dict.of("ppt_keyid", "k".repeat(200));
        assertThat(new Publication(new Uri("a"), Payload.NONE, details, Receivers.EVERYBODY, true, true).size())
                .isGreaterThan(200);
    }

    private static long sizeOfUsers(int first, int last) {
        return IntStream.rangeClosed(first, last)
                .mapToLong(i -> size(user("user" + i)))
                .sum();
    }

    /** Of a publication to a topic of one letter. */
    private static long size(Receivers receivers) {
        return new Publication(new Uri("a"), new Payload.Json("x".repeat(10)), Dict.EMPTY, receivers, true, true)
                .size();
    }

    private static Receivers user(String name) {
        return new Receivers(List.of(Audience.ofUsers(Set.of(name))), Audience.NOBODY, null);
    }

    private void put(String topic) {
        put(topic, Receivers.EVERYBODY, 10);
    }

    private void put(String topic, Receivers receivers, int size) {
        Payload payload = new Payload.Json("x".repeat(size));
        retained.put(
                new PublicationId(++published),
                new Publication(new Uri(topic), payload, Dict.EMPTY, receivers, true, true));
    }

    private List<String> topics() {
        return retained.of(EVERYTHING, publication -> true).stream()
                .map(event -> event.publication().topic().value())
                .toList();
    }

    private List<Long> idsFor(Predicate<Publication> visible) {
        return retained.of(EVERYTHING, visible).stream()
                .map(event -> event.id().value())
                .toList();
    }
}
