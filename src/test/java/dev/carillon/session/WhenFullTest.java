package dev.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.history.HistorySettings;
import dev.carillon.metrics.Sample;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a receiver that reads too slowly misses, and how it learns of that. The first of what waits is under way. */
class WhenFullTest {

    private final TestRouter router = router(5, 100_000);

    @Test
    void ofEachTopicTheLatestTakesThePlaceOfTheOneThatWaits() {
        Peer alice = subscriber("prices/a", "prices/b").stopsReading();
        publish("prices/a", 1); // under way
        publish("prices/a", 2);
        publish("prices/b", 1);
        publish("prices/a", 3);
        publish("prices/a", 4);
        publish("prices/b", 2);
        assertThat(alice.session().outbox().messages()).isEqualTo(3);
        alice.readsOn();
        alice.hearsEvent(1, "{},[1]")
                .hearsEvent(1, "{'_dropped':2},[4]")
                .hearsEvent(2, "{'_dropped':1},[2]")
                .hearsNothing()
                .isOpen();
        assertThat(dropped()).isEqualTo(3);
        assertThat(alice.session().outbox().messages()).isZero();
        assertThat(alice.session().outbox().bytes()).isZero();
    }

    @Test
    void whoReadsGetsEveryOne() {
        Peer alice = subscriber("prices/a");
        for (int i = 1; i <= 100; i++) {
            publish("prices/a", i);
            alice.hearsEvent(1, "{},[" + i + "]");
        }
        assertThat(dropped()).isZero();
    }

    @Test
    void anotherReaderOfTheSameEventIsToldNothingOfIt() {
        Peer slow = subscriber("prices/a").stopsReading();
        Peer alice = subscriber("prices/a");
        for (int i = 1; i <= 3; i++) {
            publish("prices/a", i);
            alice.hearsEvent(1, "{},[" + i + "]");
        }
        slow.readsOn().hearsEvent(1, "{},[1]").hearsEvent(1, "{'_dropped':1},[3]");
    }

    @Test
    void aPatternSubscriptionKeepsTheLatestOfEachTopic() {
        Peer alice = router.join().says("[32,1,{'match':'prefix'},'prices/']").hears("[33,1,1]");
        alice.stopsReading();
        for (int i = 1; i <= 3; i++) {
            publish("prices/a", i);
            publish("prices/b", i);
        }
        alice.readsOn();
        alice.hearsEvent(1, "{'topic':'prices/a'},[1]")
                .hearsEvent(1, "{'topic':'prices/b','_dropped':2},[3]")
                .hearsEvent(1, "{'topic':'prices/a','_dropped':1},[3]")
                .hearsNothing();
    }

    @Test
    void whatStillWaitsDoesNotMoveBeforeANewSubscription() {
        Peer alice = subscriber("prices/a");
        subscriber("prices/a"); // so that the subscription keeps its id
        alice.stopsReading();
        publish("prices/a", 1);
        publish("prices/a", 2);
        alice.says("[34,9,1]").says("[32,10,{},'prices/a']");
        publish("prices/a", 3);
        publish("prices/a", 4);
        alice.readsOn();
        alice.hearsEvent(1, "{},[1]")
                .hearsEvent(1, "{},[2]")
                .hears("[35,9]")
                .hears("[33,10,1]")
                .hearsEvent(1, "{'_dropped':1},[4]")
                .hearsNothing();
    }

    @Test
    void aLatestEventWithoutAPlaceAndWithoutRoomEndsTheSession() {
        Peer alice = subscriber("prices/a", "prices/b", "prices/c", "prices/d", "prices/e", "prices/f");
        alice.stopsReading();
        for (String topic : List.of("a", "b", "c", "d", "e")) {
            publish("prices/" + topic, 1);
        }
        publish("prices/b", 2);
        alice.isOpen();
        publish("prices/f", 1);
        alice.isClosedWith(1013);
    }

    @Test
    void aLatestEventThatIsTooLargeForThePlaceOfASmallOneEndsTheSession() {
        TestRouter small = router(100, 4500);
        Peer alice = small.join().says("[32,1,{},'prices/a']").hears("[33,1,1]").stopsReading();
        small.publish("prices/a", "[1]");
        small.publish("prices/a", "[2]");
        small.publish("prices/a", "[\"" + "x".repeat(1000) + "\"]");
        alice.isOpen();
        small.publish("prices/a", "[\"" + "x".repeat(2000) + "\"]");
        alice.isClosedWith(1013);
    }

    @Test
    void theNewestIsDroppedIfThereIsNoRoomAndTheNextOneSaysSo() {
        Peer alice = subscriber("typing").stopsReading();
        publish("typing", 1, 8);
        alice.isOpen().readsOn();
        for (int i = 1; i <= 5; i++) {
            alice.hearsEvent(1, "{},[" + i + "]");
        }
        alice.hearsNothing();
        publish("typing", 9, 10);
        alice.hearsEvent(1, "{'_dropped':3},[9]").hearsEvent(1, "{},[10]").hearsNothing();
        assertThat(dropped()).isEqualTo(3);
    }

    /** A page does so: it must not depend on an event that may never come. */
    @Test
    void whoAskedForPositionsIsToldOfTheGapWhereItIs() {
        Peer alice = router.join().says("[32,1,{'_history':true},'typing']").hears("[33,1,1]");
        assertThat(alice.hears()).endsWith(",{\"_gap\":false}]");
        alice.stopsReading();
        publish("typing", 1, 8);
        alice.readsABatch().readsABatch();
        for (int i = 1; i <= 5; i++) {
            alice.hearsEvent(1, "{},[" + i + "]");
        }
        alice.hearsEvent(1, "{'_gap':true,'_dropped':3}").hearsNothing();
        publish("typing", 9);
        alice.readsOn().hearsEvent(1, "{},[9]").hearsNothing();
    }

    @Test
    void aGapBehindAnEventThatHadRoomIsAnotherOne() {
        Peer alice = router.join().says("[32,1,{'_history':true},'typing']").hears("[33,1,1]");
        alice.hears();
        alice.stopsReading();
        publish("typing", 1, 6); // 1 is under way; 6 is dropped, and the marker waits
        alice.readsABatch(); // and now all these are under way
        publish("typing", 7);
        alice.readsABatch();
        publish("typing", 8, 13);
        alice.readsOn();
        List<String> heard = new ArrayList<>();
        for (String message : alice.hearsAll()) {
            heard.add(
                    message.contains("_gap") ? message.replaceFirst(".*_dropped.:(\\d+).*", "gap $1") : last(message));
        }
        assertThat(heard).containsExactly("1", "2", "3", "4", "5", "gap 1", "gap 1", "8", "9", "10", "11", "gap 2");
        alice.isOpen();
    }

    @Test
    void theGapHasThePositionOfTheFirstThatIsMissingSoThatTheRestCanBeAskedFor() {
        TestRouter keeping = router(5, 100_000, HistorySettings.parse("exact typing"));
        Peer alice = keeping.join().says("[32,1,{'_history':true},'typing']").hears("[33,1,1]");
        alice.hears();
        alice.stopsReading();
        for (int i = 1; i <= 8; i++) {
            keeping.publish("typing", "[" + i + "]");
        }
        alice.readsOn();
        for (int i = 1; i <= 5; i++) {
            alice.hearsEvent(1, "{'_position':'epoch1:" + i + "'},[" + i + "]");
        }
        alice.hearsEvent(1, "{'_gap':true,'_position':'epoch1:6','_dropped':3}").hearsNothing();
        alice.says("[32,2,{'_after':'epoch1:6'},'typing']").hears("[33,2,1]");
        alice.hearsEvent(1, "{'_gap':false,'_position':'epoch1:6'}");
        for (int i = 7; i <= 8; i++) {
            alice.hearsEvent(1, "{'_position':'epoch1:" + i + "','_replayed':true},[" + i + "]");
        }
        alice.hearsNothing();
    }

    @Test
    void aSubscriptionThatBeginsAgainKnowsNothingOfWhatWasDroppedBefore() {
        Peer alice = subscriber("typing");
        subscriber("typing");
        alice.stopsReading();
        publish("typing", 1, 6);
        alice.readsOn().hearsAll();
        alice.says("[34,9,1]").hears("[35,9]").says("[32,10,{},'typing']").hears("[33,10,1]");
        publish("typing", 7);
        alice.hearsEvent(1, "{},[7]");
    }

    @Test
    void otherTopicsAndAnswersAreNeverDropped() {
        Peer alice = subscriber("typing", "orders").stopsReading();
        publish("typing", 1, 8);
        alice.isOpen();
        publish("orders", 1);
        alice.isClosedWith(1013);

        Peer callee = router.join().says("[64,1,{},'add']").hears("[65,1,1]");
        callee.says("[32,2,{},'typing']").hears("[33,2,3]").stopsReading();
        publish("typing", 1, 8);
        callee.isOpen();
        router.join().says("[48,1,{},'add']").hearsRefusal(1, "wamp.error.canceled");
        callee.isClosedWith(1013);
    }

    @Test
    void whatIsRetainedIsTheLatestWhoeverMissedIt() {
        Peer alice = subscriber("typing").stopsReading();
        for (int i = 1; i <= 8; i++) {
            router.router().publish(TestRouter.REALM, new Uri("typing"), new Payload.Json("[" + i + "]"), true);
        }
        alice.isOpen();
        Peer late = router.join().says("[32,1,{'get_retained':true},'typing']").hears("[33,1,1]");
        late.hearsEvent(1, "{'retained':true},[8]").hearsNothing();
    }

    @Test
    void aStalledReaderTakesNoMoreThanItsLimit() {
        Peer stalled = router.join().says("[32,1,{'_history':true},'typing']").hears("[33,1,1]");
        stalled.says("[32,2,{'_history':true},'prices/a']").stopsReading();
        for (int i = 1; i <= 10_000; i++) {
            publish("typing", i);
            publish("prices/a", i);
        }
        stalled.isOpen();
        assertThat(stalled.session().outbox().messages()).isLessThanOrEqualTo(6); // one is the marker
    }

    /** Whatever the order of publishing and reading: what is heard is in order, and adds up. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsHeardAndWhatIsSaidToBeDroppedIsAllThatWasPublished(long seed) {
        Random random = new Random(seed);
        for (String topic : List.of("typing", "prices/a")) {
            Peer plain = subscriber(topic);
            Peer page = router.join().says("[32,1,{'_history':true},'" + topic + "']");
            long subscription = Long.parseLong(page.hears().split("[,\\]]")[2]);
            page.hears();
            plain.stopsReading();
            page.stopsReading();
            int published = 0;
            for (int step = 0; step < 2000; step++) {
                if (random.nextInt(3) > 0) {
                    publish(topic, ++published);
                } else {
                    (random.nextBoolean() ? plain : page).readsABatch();
                }
            }
            page.readsOn();
            plain.readsOn();
            publish(topic, ++published);
            for (Peer peer : List.of(plain, page)) {
                assertAllAccountedFor(peer.isOpen().hearsAll(), published);
                assertThat(peer.session().outbox().bytes()).isZero();
            }
            assertThat(subscription).isPositive();
        }
    }

    private static void assertAllAccountedFor(List<String> heard, int published) {
        int expected = 1;
        for (String message : heard) {
            int dropped = message.contains("_dropped")
                    ? Integer.parseInt(message.replaceFirst(".*\"_dropped\":(\\d+).*", "$1"))
                    : 0;
            expected += dropped;
            if (!message.contains("_gap")) {
                assertThat(last(message)).as("heard: %s", message).isEqualTo(String.valueOf(expected));
                expected++;
            }
        }
        assertThat(expected).isEqualTo(published + 1);
    }

    @Test
    void aRuleThatCannotBeReadSaysWhatIsLegal() {
        assertThat(OutboxPolicies.Rule.parse(" drop-newest  wildcard a..b in shop ")
                        .realm())
                .contains("shop");
        for (String wrong : List.of("", "drop exact a", "drop-newest a", "drop-newest exact a shop")) {
            assertThatThrownBy(() -> OutboxPolicies.Rule.parse(wrong)).hasMessageStartingWith("outbox.when-full has '");
        }
    }

    @Test
    void theMostSpecificRuleCountsAndWithoutOneWhatTheHandlerSays() {
        OutboxPolicies policies = policies("keep-latest prefix a", "drop-newest prefix a.b", "disconnect exact a.b.c");
        assertThat(policies.of(new Uri("a.x"), OutboxPolicy.DISCONNECT)).isEqualTo(OutboxPolicy.KEEP_LATEST);
        assertThat(policies.of(new Uri("a.b.x"), OutboxPolicy.DISCONNECT)).isEqualTo(OutboxPolicy.DROP_NEWEST);
        assertThat(policies.of(new Uri("a.b.c"), OutboxPolicy.DROP_NEWEST)).isEqualTo(OutboxPolicy.DISCONNECT);
        assertThat(policies.of(new Uri("x"), OutboxPolicy.DROP_NEWEST)).isEqualTo(OutboxPolicy.DROP_NEWEST);
    }

    private static TestRouter router(int messages, long bytes, HistorySettings... histories) {
        RealmSettings settings = RealmSettings.of(Authenticator::anybody, Authorizer.OPEN)
                .with(policies("keep-latest prefix prices/", "drop-newest exact typing"));
        return TestRouter.with(settings, new OutboxLimits(messages, bytes), histories);
    }

    private static OutboxPolicies policies(String... rules) {
        return new OutboxPolicies(
                Stream.of(rules).map(OutboxPolicies.Rule::parse).toList());
    }

    private Peer subscriber(String... topics) {
        Peer peer = router.join();
        for (int i = 1; i <= topics.length; i++) {
            assertThat(peer.says("[32," + i + ",{},'" + topics[i - 1] + "']").hears())
                    .startsWith("[33," + i + ",");
        }
        return peer;
    }

    private void publish(String topic, int... fromTo) {
        for (int i = fromTo[0]; i <= fromTo[fromTo.length - 1]; i++) {
            router.publish(topic, "[" + i + "]");
        }
    }

    private static String last(String message) {
        return message.replaceFirst(".*\\[(\\d+)]]$", "$1");
    }

    private double dropped() {
        return router.router().metrics().samples().stream()
                .filter(sample -> sample.name().equals("carillon.events.dropped"))
                .mapToDouble(Sample::value)
                .sum();
    }
}
