package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.session.OutboxLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Event Retention". */
class EventRetentionTest {

    private static final String RETAINED = ",{\"retained\":true}";

    private final TestRouter router = TestRouter.open();
    private final Peer bob = router.join("bob", "sales"); // 1001; the first publication is 1002

    @Test
    void theLastEventWaitsForWhoAsksForIt() {
        retain("'news'", "old");
        retain("'news'", "new");
        subscriber()
                .says("[32,1,{'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1003" + RETAINED.replace('"', '\'') + ",['new']]")
                .hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'get_retained':false}", "{'get_retained':null}"})
    void whoDoesNotAskGetsNothing(String options) {
        retain("'news'", "x");
        subscriber().says("[32,1," + options + ",'news']").hears("[33,1,1]").hearsNothing();
    }

    @Test
    void whatWasNotToBeRetainedIsNotAndLeavesWhatWas() {
        retain("'news'", "retained");
        bob.says("[16,1,{'retain':false},'news',['later']]");
        bob.says("[16,1,{},'news',['last']]");
        Peer alice = subscriber().says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]");
        assertThat(alice.hears()).endsWith(RETAINED + ",[\"retained\"]]");
        alice.hearsNothing();
    }

    @Test
    void aRetainedEventIsAnEventLikeAnyOtherForThoseWhoAreThere() {
        Peer alice = subscriber().says("[32,1,{},'news']").hears("[33,1,1]");
        retain("'news'", "x");
        assertThat(alice.hears()).endsWith(",{},[\"x\"]]");
    }

    @Test
    void itKeepsTheIdOfItsPublication() {
        Peer alice = subscriber().says("[32,1,{},'news']").hears("[33,1,1]"); // 1002
        retain("'news'", "x");
        alice.hears("[36,1,1003,{},['x']]");
        alice.says("[32,2,{'get_retained':true},'news']")
                .hears("[33,2,1]")
                .hears("[36,1,1003,{'retained':true},['x']]");
    }

    @Test
    void itSaysWhoPublishedItIfThatWasToBeSaid() {
        bob.says("[16,1,{'retain':true,'disclose_me':true},'news']");
        subscriber()
                .says("[32,1,{'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1002,{'publisher':1001,'publisher_authid':'bob','publisher_authrole':'sales',"
                        + "'retained':true}]");
    }

    @Test
    void aPatternGetsOneForEachTopicThatMatches() {
        retain("'a.1'", "first");
        retain("'a.2'", "second");
        retain("'a.1'", "third");
        retain("'b.1'", "other");
        subscriber()
                .says("[32,1,{'match':'prefix','get_retained':true},'a.']")
                .hears("[33,1,1]")
                .hears("[36,1,1003,{'topic':'a.2','retained':true},['second']]")
                .hears("[36,1,1004,{'topic':'a.1','retained':true},['third']]")
                .hearsNothing();
    }

    @Test
    void thePublisherMayComeBackForWhatItWasLeftOutOf() {
        retain("'news'", "x");
        bob.says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]");
        assertThat(bob.hears()).endsWith(",[\"x\"]]");
    }

    /** What alice (session 1004, role sales) and admin (1005, administrator) see of a general event and a targeted one. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'eligible':[1004]                      | general  | general",
                "'eligible':[]                          | general  | general",
                "'exclude':[1004]                       | general  | general",
                "'exclude':[1]                          | general  | general",
                "'exclude':[]                           | targeted | targeted",
                "'eligible_authid':['alice']            | targeted | general",
                "'exclude_authid':['alice']             | general  | targeted",
                "'eligible_authrole':['administrator']  | general  | targeted",
                "'exclude_authrole':['administrator']   | targeted | general",
                "'eligible_authid':['alice'],'exclude_authrole':['sales'] | general | general"
            })
    void theNewestIsSentThatTheSubscriberMaySee(String list, String toAlice, String toAdmin) {
        retain("'news'", "general");
        bob.says("[16,1,{'retain':true," + list + "},'news',['targeted']]"); // 1003
        Peer alice = router.join("alice", "sales");
        Peer admin = router.join("admin", "administrator");
        alice.says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]");
        admin.says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]");
        assertThat(alice.hears()).endsWith("[\"" + toAlice + "\"]]");
        assertThat(admin.hears()).endsWith("[\"" + toAdmin + "\"]]");
        alice.hearsNothing();
        admin.hearsNothing();
    }

    /** Otherwise it would reach the next session of the user who was not to have it. */
    @Test
    void whatIsForOrAgainstSessionsIsNotRetained() {
        Peer alice = router.join("alice", "sales").says("[32,1,{},'news']").hears("[33,1,1]"); // 1002
        bob.says("[16,1,{'retain':true,'eligible':[1002]},'news',['a']]");
        bob.says("[16,2,{'retain':true,'exclude':[7]},'news',['b']]");
        assertThat(alice.hearsAll()).as("live").hasSize(2);
        alice.says("[32,2,{'get_retained':true},'news']").hears("[33,2,1]").hearsNothing();
        subscriber()
                .says("[32,1,{'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hearsNothing();
    }

    @Test
    void aGeneralOneTakesThePlaceOfAllTargetedOnes() {
        bob.says("[16,1,{'retain':true,'eligible_authid':['alice']},'news',['targeted']]");
        retain("'news'", "general");
        Peer alice = router.join("alice", "sales").says("[32,1,{'get_retained':true},'news']");
        alice.hears("[33,1,1]");
        assertThat(alice.hears()).endsWith("[\"general\"]]");
        alice.hearsNothing();
    }

    @Test
    void realmsDoNotSeeEachOther() {
        retain("'news'", "x");
        Peer carol = router.connect().join("realm2");
        carol.says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]").hearsNothing();
    }

    @Test
    void whatThePeerWouldNotUnderstandIsNotSent() {
        router.joinWith("publisher.payload_passthru_mode")
                .says("[16,1,{'retain':true,'ppt_scheme':'x_mine'},'news',['sealed']]");
        subscriber()
                .says("[32,1,{'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hearsNothing();
        Peer knows = router.joinWith("subscriber.payload_passthru_mode");
        knows.says("[32,1,{'get_retained':true},'news']").hears("[33,1,1]");
        assertThat(knows.hears()).endsWith(",{\"ppt_scheme\":\"x_mine\",\"retained\":true},[\"sealed\"]]");
    }

    @Test
    void theApplicationRetainsToo() {
        router.router().publish(TestRouter.REALM, new Uri("news"), new Payload.Json("[1]"), true);
        subscriber()
                .says("[32,1,{'get_retained':true},'news']")
                .hears("[33,1,1]")
                .hears("[36,1,1002,{'retained':true},[1]]");
    }

    @Test
    void moreThanASessionCanBeSentAtOnceIsAnErrorAndTheSessionGoesOn() {
        TestRouter small = TestRouter.with(new OutboxLimits(10, 100_000));
        Peer publisher = small.join();
        for (int i = 1; i <= 6; i++) {
            publisher.says("[16," + i + ",{'retain':true},'a." + i + "']");
        }
        Peer alice = small.join().says("[32,1,{'match':'prefix','get_retained':true},'a.']");
        assertThat(alice.hears()).startsWith("[8,32,1,{},\"wamp.error.payload_size_exceeded\",[");
        publisher.says("[16,7,{},'a.1']");
        alice.hearsNothing();
        alice.says("[32,2,{'match':'prefix'},'a.']").hears("[33,2,1]");
        alice.says("[32,3,{'get_retained':true},'a.1']").hears("[33,3,2]");
        assertThat(alice.hearsAll()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"'retain':1", "'retain':'true'"})
    void theWishMustBeABoolean(String option) {
        bob.says("[16,1,{'acknowledge':true," + option + "},'news']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
        bob.says("[32,2,{'get_retained':'yes'},'news']");
        assertThat(bob.hears()).startsWith("[8,32,2,{},\"wamp.error.invalid_argument\",[");
    }

    private void retain(String topic, String what) {
        bob.says("[16,1,{'retain':true}," + topic + ",['" + what + "']]").hearsNothing();
    }

    private Peer subscriber() {
        return router.join();
    }
}
