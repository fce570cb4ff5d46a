package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.session.OutboxLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a subscriber who was away gets: a marker, then what it has missed, then what is new. Carillon's own; positions are
 * {@code epoch1:1}, {@code epoch1:2} and so on.
 */
class ReplayTest {

    private final TestRouter router = TestRouter.openWith(
            HistorySettings.parse("prefix news keep 5 for PT1H"), HistorySettings.parse("exact log"));
    private final Peer bob = router.join("bob", "sales"); // 1001; the first publication is 1002

    @Test
    void whoAsksForPositionsIsToldWhereTheHistoryStandsFirst() {
        publish("news", "1");
        publish("news", "2");
        join().says("[32,1,{'_history':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1005,{'_gap':false,'_position':'epoch1:2'}]")
                .hearsNothing();
    }

    @Test
    void anEmptyHistoryHasAPositionToo() {
        join().says("[32,1,{'_history':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1003,{'_gap':false,'_position':'epoch1:0'}]");
    }

    @Test
    void whatFollowsSaysWhereItStandsToThoseWhoAsked() {
        Peer alice = join().says("[32,1,{'_history':true},'news']");
        alice.hearsAll();
        Peer plain = join().says("[32,1,{'_history':false},'news']").hears("[33,1,1]");
        publish("news", "1");
        alice.hears("[36,1,1005,{'_position':'epoch1:1'},['1']]").hearsNothing();
        plain.hears("[36,1,1005,{},['1']]").hearsNothing();
    }

    @Test
    void aTopicWithoutHistoryIsSubscribedToAllTheSame() {
        Peer alice =
                join().says("[32,1,{'_history':true},'chat']").hears("[33,1,1]").hears("[36,1,1003,{'_gap':false}]");
        publish("chat", "1");
        alice.hears("[36,1,1004,{},['1']]");
    }

    @Test
    void whatWasMissedComesOldestFirstAndThenWhatIsNew() {
        for (int i = 1; i <= 4; i++) {
            publish("news", String.valueOf(i)); // 1002 to 1005
        }
        Peer alice = join().says("[32,1,{'_after':'epoch1:2'},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1007,{'_gap':false,'_position':'epoch1:2'}]")
                .hears("[36,1,1004,{'_position':'epoch1:3','_replayed':true},['3']]")
                .hears("[36,1,1005,{'_position':'epoch1:4','_replayed':true},['4']]")
                .hearsNothing();
        publish("news", "5");
        alice.hears("[36,1,1008,{'_position':'epoch1:5'},['5']]").hearsNothing();
    }

    @Test
    void whoHasMissedNothingIsToldSo() {
        publish("news", "1");
        join().says("[32,1,{'_after':'epoch1:1'},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1004,{'_gap':false,'_position':'epoch1:1'}]")
                .hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "epoch1:0", // the first two are dropped: of seven, five are kept
                "epoch1:1",
                "epoch1:8", // ahead
                "epoch2:7", // of another history
                "older:3",
                "epoch1",
                "epoch1:",
                "epoch1:07",
                "epoch1:-1",
                "epoch1:99999999999999999999",
                ""
            })
    void whatIsNotAllThereAnyMoreIsAGapAndNothingIsReplayed(String position) {
        for (int i = 1; i <= 7; i++) {
            publish("news", String.valueOf(i));
        }
        Peer alice = join().says("[32,1,{'_after':'" + position + "'},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1010,{'_gap':true,'_position':'epoch1:7'}]")
                .hearsNothing();
        publish("news", "8");
        alice.hears("[36,1,1011,{'_position':'epoch1:8'},['8']]");
    }

    @Test
    void theOldestThatIsKeptIsNoGap() {
        for (int i = 1; i <= 7; i++) {
            publish("news", String.valueOf(i));
        }
        assertThat(replayed(join(), "{'_after':'epoch1:2'}", "news")).containsExactly("3", "4", "5", "6", "7");
    }

    @Test
    void whatIsTooOldIsAGap() {
        publish("news", "1");
        publish("news", "2");
        router.moveClock(Duration.ofHours(2));
        assertThat(markerOf(join(), "{'_after':'epoch1:1'}", "news")).contains("'_gap':true,'_position':'epoch1:2'");
        assertThat(markerOf(join(), "{'_after':'epoch1:2'}", "news")).contains("'_gap':false,'_position':'epoch1:2'");
    }

    @Test
    void aTopicWithoutHistoryIsAGapWithoutPosition() {
        publish("chat", "1");
        join().says("[32,1,{'_after':'epoch1:0'},'chat']")
                .hears("[33,1,1]")
                .hears("[36,1,1004,{'_gap':true}]")
                .hearsNothing();
    }

    @ParameterizedTest
    @CsvSource({"40, 100000", "100000, 26000"})
    void moreThanHalfOfTheOutboxTakesIsAGapAndNothingIsLostBehindIt(int messages, int bytes) {
        TestRouter small = TestRouter.with(
                RealmSettings.of(Authenticator::anybody, Authorizer.OPEN),
                new OutboxLimits(messages, bytes),
                HistorySettings.parse("prefix news keep 1000"));
        Peer publisher = small.join();
        for (int i = 1; i <= 21; i++) {
            publisher.says("[16," + i + ",{},'news',['" + "x".repeat(200) + "']]");
        }
        Peer alice = small.join().says("[32,1,{'_after':'epoch1:0'},'news']").hears("[33,1,1]");
        assertThat(alice.hears()).contains("\"_gap\":true,\"_position\":\"epoch1:21\"");
        alice.hearsNothing();
        Peer carol = small.join().says("[32,1,{'_after':'epoch1:10'},'news']").hears("[33,1,1]");
        assertThat(carol.hears()).contains("\"_gap\":false");
        assertThat(carol.hearsAll()).hasSize(11);
    }

    @Test
    void aQuietTopicHasNoGapWhenABusyNeighbourPushesOutWhatWasPublishedMeanwhile() {
        publish("news/quiet", "seen");
        for (int i = 1; i <= 6; i++) {
            publish("news/busy", String.valueOf(i));
        }
        assertThat(replayed(join(), "{'_after':'epoch1:1'}", "news/quiet")).isEmpty();
        publish("news/quiet", "missed");
        assertThat(replayed(join(), "{'_after':'epoch1:1'}", "news/quiet")).containsExactly("missed");
        assertThat(markerOf(join(), "{'_after':'epoch1:0'}", "news/quiet")).contains("'_gap':true");
        assertThat(markerOf(join(), "{'_after':'epoch1:1'}", "news/busy")).contains("'_gap':true");
        assertThat(markerOf(join(), "{'_after':'epoch1:1','match':'prefix'}", "news"))
                .contains("'_gap':true");
    }

    @Test
    void eachSubscriptionIsReplayedForItself() {
        publish("news/1", "a");
        publish("log", "b");
        publish("news/2", "c");
        Peer alice = join();
        assertThat(replayed(alice, "{'_after':'epoch1:0'}", "news/1")).containsExactly("a");
        assertThat(replayed(alice, "{'_after':'epoch2:0'}", "log")).containsExactly("b");
        assertThat(replayed(alice, "{'_after':'epoch1:0','match':'prefix'}", "news"))
                .containsExactly("a", "c");
    }

    @Test
    void aPatternWithinOneHistoryIsReplayedWithItsTopics() {
        publish("news.a", "1");
        publish("newsreel", "2");
        publish("news.b", "3");
        join().says("[32,1,{'match':'wildcard','_after':'epoch1:0'},'news.']")
                .hears("[33,1,1]")
                .hears("[36,1,1006,{'_gap':false,'_position':'epoch1:0'}]")
                .hears("[36,1,1002,{'topic':'news.a','_position':'epoch1:1','_replayed':true},['1']]")
                .hears("[36,1,1004,{'topic':'news.b','_position':'epoch1:3','_replayed':true},['3']]")
                .hearsNothing();
    }

    @Test
    void aPatternBeyondOneHistoryHasNone() {
        publish("news", "1");
        assertThat(markerOf(join(), "{'match':'prefix','_after':'epoch1:0'}", "n"))
                .contains("{'_gap':true}");
        assertThat(markerOf(join(), "{'match':'prefix','_history':true}", "")).contains("{'_gap':false}");
    }

    /** Otherwise, it could take the position in one history for that in another. */
    @Test
    void aPatternBeyondOneHistorySeesPositionsOfNone() {
        Peer alice = join().says("[32,1,{'match':'prefix','_history':true},'']");
        alice.hearsAll();
        publish("news", "1");
        alice.hears("[36,1,1004,{'topic':'news'},['1']]");
    }

    @Test
    void theClientsOwnEarlierPublicationsAreNotReplayedToIt() {
        Peer before = join(); // 1002
        Peer other = join(); // 1003
        before.says("[16,1,{},'news',['mine']]");
        other.says("[16,1,{},'news',['theirs']]");
        before.says("[16,2,{'exclude_me':false},'news',['mine, for me too']]");
        before.vanishes();
        assertThat(replayed(join(), "{'_after':'epoch1:0','_not_from':[1002,7]}", "news"))
                .containsExactly("theirs", "mine, for me too");
        assertThat(replayed(join(), "{'_after':'epoch1:0'}", "news"))
                .containsExactly("mine", "theirs", "mine, for me too");
        assertThat(replayed(other, "{'_after':'epoch1:0'}", "news")).containsExactly("mine", "mine, for me too");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'eligible_authid':['alice']           | alice",
                "'exclude_authid':['alice']            | carol, admin",
                "'eligible_authrole':['sales']         | alice, carol",
                "'exclude_authrole':['sales']          | admin",
                "'eligible_authrole':['sales'],'exclude_authid':['carol'] | alice",
                "'exclude':[]                          | alice, carol, admin"
            })
    void listsOfNamesAndRolesHoldForTheLateReader(String list, String receivers) {
        bob.says("[16,1,{" + list + "},'news',['x']]");
        List<String> got = List.of("alice", "carol", "admin").stream()
                .filter(name -> !replayed(
                                router.join(name, name.equals("admin") ? "administrator" : "sales"),
                                "{'_after':'epoch1:0'}",
                                "news")
                        .isEmpty())
                .toList();
        assertThat(String.join(", ", got)).isEqualTo(receivers);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'eligible':[1002]",
                "'eligible':[]",
                "'eligible_authid':[]",
                "'eligible':[1002],'exclude':[1]",
                "'eligible':[1002],'eligible_authid':['alice']"
            })
    void whatIsForSessionsOrNobodyIsNotStored(String list) {
        Peer alice = router.join("alice", "sales"); // 1002
        alice.says("[32,1,{'_history':true},'news']");
        alice.hearsAll();
        bob.says("[16,1,{" + list + "},'news',['x']]");
        alice.hearsAll().forEach(event -> assertThat(event).doesNotContain("_position"));
        assertThat(markerOf(join(), "{'_history':true}", "news")).contains("'_position':'epoch1:0'");
    }

    /** It is not kept, as the specification has it; nobody may miss it without hearing of that. */
    @Test
    void whatIsAgainstASessionIsAGapForWhoWasAway() {
        Peer alice = join().says("[32,1,{'_history':true},'news/1']");
        alice.hearsAll();
        bob.says("[16,1,{'exclude':[1]},'news/1',['x']]"); // 1004
        alice.hears("[36,1,1004,{'_position':'epoch1:1'},['x']]");
        publish("news/1", "y");

        assertThat(markerOf(join(), "{'_after':'epoch1:0'}", "news/1")).contains("'_gap':true,'_position':'epoch1:2'");
        assertThat(markerOf(join(), "{'_after':'epoch1:0','match':'prefix'}", "news"))
                .contains("'_gap':true");
        assertThat(replayed(join(), "{'_after':'epoch1:1'}", "news/1")).containsExactly("y");
        assertThat(replayed(join(), "{'_after':'epoch1:0'}", "news/2"))
                .as("another topic")
                .isEmpty();
    }

    @Test
    void whatIsAgainstASessionIsNoGapForThoseWhoWereNotToHaveIt() {
        Peer tab = router.join("alice", "sales"); // 1002
        bob.says("[16,1,{'eligible_authrole':['sales'],'exclude':[1002]},'news',['x']]");

        assertThat(replayed(tab, "{'_after':'epoch1:0'}", "news"))
                .as("that session itself")
                .isEmpty();
        assertThat(replayed(router.join("alice", "sales"), "{'_after':'epoch1:0','_not_from':[1002]}", "news"))
                .as("the same client with its next session")
                .isEmpty();
        assertThat(replayed(router.join("admin", "administrator"), "{'_after':'epoch1:0'}", "news"))
                .as("another role")
                .isEmpty();
        assertThat(replayed(bob, "{'_after':'epoch1:0'}", "news"))
                .as("its publisher")
                .isEmpty();
        assertThat(markerOf(router.join("alice", "sales"), "{'_after':'epoch1:0'}", "news"))
                .as("another page of the user")
                .contains("'_gap':true");
    }

    @Test
    void whoPublishedItIsSaidIfThatWasToBeSaid() {
        bob.says("[16,1,{'disclose_me':true},'news']");
        Peer alice = join().says("[32,1,{'_after':'epoch1:0'},'news']");
        assertThat(alice.hearsAll().get(2))
                .isEqualTo(
                        "[36,1,1002,{\"publisher\":1001,\"publisher_authid\":\"bob\",\"publisher_authrole\":\"sales\","
                                + "\"_position\":\"epoch1:1\",\"_replayed\":true}]");
    }

    @Test
    void whatTheReaderWouldNotUnderstandIsLeftOut() {
        router.joinWith("publisher.payload_passthru_mode").says("[16,1,{'ppt_scheme':'x_mine'},'news',['sealed']]");
        publish("news", "plain");
        assertThat(replayed(join(), "{'_after':'epoch1:0'}", "news")).containsExactly("plain");
        assertThat(replayed(router.joinWith("subscriber.payload_passthru_mode"), "{'_after':'epoch1:0'}", "news"))
                .containsExactly("sealed", "plain");
    }

    @Test
    void whatIsRetainedIsForThoseWhoDoNotGetTheReplay() {
        bob.says("[16,1,{'retain':true},'news',['retained']]"); // 1002
        publish("news", "2");
        join().says("[32,1,{'_after':'epoch1:1','get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1005,{'_gap':false,'_position':'epoch1:1'}]")
                .hears("[36,1,1003,{'_position':'epoch1:2','_replayed':true},['2']]")
                .hearsNothing();
        join().says("[32,1,{'_after':'old:1','get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1007,{'_gap':true,'_position':'epoch1:2'}]")
                .hears("[36,1,1002,{'retained':true},['retained']]")
                .hearsNothing();
        join().says("[32,1,{'_history':true,'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1009,{'_gap':false,'_position':'epoch1:2'}]")
                .hears("[36,1,1002,{'retained':true},['retained']]")
                .hearsNothing();
    }

    @Test
    void whoSubscribesAgainIsReplayedToAgainAndHearsWhatIsNewOnce() {
        publish("news", "1");
        Peer alice = join();
        assertThat(replayed(alice, "{'_after':'epoch1:0'}", "news")).containsExactly("1");
        assertThat(replayed(alice, "{'_after':'epoch1:0'}", "news")).containsExactly("1");
        publish("news", "2");
        assertThat(alice.hearsAll()).hasSize(1);
    }

    @Test
    void whatTheApplicationPublishesIsReplayedToo() {
        router.router().publish(TestRouter.REALM, new Uri("news"), new Payload.Json("[\"1\"]"), false);
        assertThat(replayed(join(), "{'_after':'epoch1:0'}", "news")).containsExactly("1");
    }

    @Test
    void realmsHaveHistoriesOfTheirOwn() {
        publish("news", "1");
        Peer carol = router.connect().join("realm2");
        assertThat(markerOf(carol, "{'_after':'epoch1:0'}", "news")).contains("'_gap':true,'_position':'epoch3:0'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'_history':1",
                "'_after':7",
                "'_after':true",
                "'_after':'epoch1:0','_not_from':1001",
                "'_after':'epoch1:0','_not_from':['1001']"
            })
    void anOptionOfTheWrongTypeIsAnError(String option) {
        Peer alice = join().says("[32,1,{" + option + "},'news']");
        assertThat(alice.hears()).startsWith("[8,32,1,{},\"wamp.error.invalid_argument\",[");
        alice.isOpen();
    }

    private Peer join() {
        return router.join();
    }

    private void publish(String topic, String what) {
        bob.says("[16,1,{},'" + topic + "',['" + what + "']]").hearsNothing();
    }

    private static String markerOf(Peer peer, String options, String topic) {
        peer.says("[32,1," + options + ",'" + topic + "']");
        assertThat(peer.hears()).startsWith("[33,1,");
        return peer.hears().replace('"', '\'');
    }

    /** What comes behind a marker without a gap. */
    private static List<String> replayed(Peer peer, String options, String topic) {
        assertThat(markerOf(peer, options, topic)).contains("'_gap':false");
        return peer.hearsAll().stream()
                .map(event -> event.replaceAll(".*\"_replayed\":true},\\[\"(.*)\"]]", "$1"))
                .toList();
    }
}
