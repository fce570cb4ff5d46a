package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Subscription Meta API", its events. */
class SubscriptionMetaEventsTest {

    private final TestRouter router = TestRouter.open();
    private final Peer admin = router.join(); // 1001, subscription 1
    private final Peer alice = router.join(); // 1002

    @Test
    void theFirstSubscriberCreatesTheSubscriptionAndTheLastDeletesIt() {
        Peer bob = router.join(); // 1003
        watch(); // two publications, of its own subscription
        alice.says("[32,1,{},'news']").hears("[33,1,2]");
        admin.hears("[36,1,1006,{'topic':'wamp.subscription.on_create'},[1002,{'id':2,"
                + "'created':'2026-11-21T10:00:00Z','uri':'news','match':'exact'}]]");
        admin.hears("[36,1,1007,{'topic':'wamp.subscription.on_subscribe'},[1002,2]]")
                .hearsNothing();
        bob.says("[32,1,{},'news']").hears("[33,1,2]");
        admin.hears("[36,1,1008,{'topic':'wamp.subscription.on_subscribe'},[1003,2]]")
                .hearsNothing();
        alice.says("[34,2,2]").hears("[35,2]");
        admin.hears("[36,1,1009,{'topic':'wamp.subscription.on_unsubscribe'},[1002,2]]")
                .hearsNothing();
        bob.says("[34,2,2]").hears("[35,2]");
        admin.hears("[36,1,1010,{'topic':'wamp.subscription.on_unsubscribe'},[1003,2]]");
        admin.hears("[36,1,1011,{'topic':'wamp.subscription.on_delete'},[1003,2]]")
                .hearsNothing();
    }

    @ParameterizedTest
    @CsvSource({"prefix, news.", "wildcard, news..all"})
    void theDetailsSayHowItMatches(String match, String pattern) {
        watch();
        alice.says("[32,1,{'match':'" + match + "'},'" + pattern + "']").hears("[33,1,2]");
        assertThat(admin.hears()).endsWith(",\"uri\":\"" + pattern + "\",\"match\":\"" + match + "\"}]]");
    }

    @Test
    void subscribingAgainIsNoNews() {
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        watch();
        alice.says("[32,2,{},'news']").hears("[33,2,1]");
        admin.hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"goodbye", "abort", "loss", "violation"})
    void aSessionThatEndsUnsubscribesFromEachBeforeThatIsDeleted(String end) {
        watch();
        alice.says("[32,1,{},'a']").says("[32,2,{'match':'prefix'},'b']");
        admin.says("[32,3,{},'a']");
        admin.hearsAll();
        switch (end) {
            case "goodbye" -> alice.says("[6,{},'wamp.close.normal']");
            case "abort" -> alice.says("[3,{},'app.error']");
            case "loss" -> alice.vanishes();
            default -> alice.says("rubbish");
        }
        assertThat(admin.hears()).endsWith("{\"topic\":\"wamp.subscription.on_unsubscribe\"},[1002,2]]");
        assertThat(admin.hears()).endsWith("{\"topic\":\"wamp.subscription.on_unsubscribe\"},[1002,3]]");
        assertThat(admin.hears()).endsWith("{\"topic\":\"wamp.subscription.on_delete\"},[1002,3]]");
        admin.hearsNothing();
    }

    @Test
    void theAnswerComesBeforeTheMetaEventsAndTheCausingSessionHearsThemToo() {
        watch();
        admin.says("[32,2,{},'news']").hears("[33,2,2]");
        assertThat(admin.hears()).contains("on_create");
        assertThat(admin.hears()).contains("on_subscribe");
        admin.says("[34,3,2]").hears("[35,3]");
        assertThat(admin.hears()).contains("on_unsubscribe");
        assertThat(admin.hears()).contains("on_delete");
        admin.hearsNothing();
    }

    @Test
    void whoStopsWatchingHearsNotEvenOfThat() {
        watch();
        admin.says("[34,2,1]").hears("[35,2]").hearsNothing();
        alice.says("[32,1,{},'news']").hears("[33,1,2]");
        admin.hearsNothing();
    }

    @Test
    void aSingleEventMayBeWatched() {
        admin.says("[32,1,{},'wamp.subscription.on_delete']").hears("[33,1,1]");
        alice.says("[32,1,{},'news']").hears("[33,1,2]").says("[34,2,2]").hears("[35,2]");
        assertThat(admin.hears()).endsWith(",{},[1002,2]]");
        admin.hearsNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, ''",
        "prefix, w",
        "prefix, wam",
        "wildcard, ..",
        "wildcard, .subscription.",
        "wildcard, .subscription.on_create"
    })
    void whoWatchesEverythingElseDoesNotSeeThem(String match, String pattern) {
        Peer bob = router.join();
        bob.says("[32,1,{'match':'" + match + "'},'" + pattern + "']").hears("[33,1,1]");
        admin.says("[32,1,{},'wamp.subscription.on_create']").hears("[33,1,2]"); // so that there are any
        alice.says("[32,1,{},'news']").hears("[33,1,3]");
        admin.hears();
        bob.hearsNothing();
    }

    @ParameterizedTest
    @CsvSource({"wildcard, wamp..on_create", "prefix, wamp.", "prefix, wamp", "prefix, wamp.subscription.on_c"})
    void whoNamesWampDoes(String match, String pattern) {
        admin.says("[32,1,{'match':'" + match + "'},'" + pattern + "']").hears("[33,1,1]");
        admin.hearsAll(); // of itself
        alice.says("[32,1,{},'news']").hears("[33,1,2]");
        assertThat(admin.hears()).contains("{\"topic\":\"wamp.subscription.on_create\"},[1002,{\"id\":2,");
    }

    @Test
    void realmsDoNotSeeEachOther() {
        watch();
        router.connect().join("realm2").says("[32,1,{},'news']").hears("[33,1,1]");
        admin.hearsNothing();
    }

    @Test
    void theyAreNeitherRetainedNorCountedAsPublications() {
        watch();
        alice.says("[32,1,{},'news']").hears("[33,1,2]");
        assertThat(router.metrics().publications()).isZero();
    }

    private void watch() {
        admin.says("[32,1,{'match':'prefix'},'wamp.subscription.']");
        assertThat(admin.hears()).startsWith("[33,1,");
        assertThat(admin.hears()).contains("on_subscribe"); // its own; on_create was said before it watched
        admin.hearsNothing();
    }
}
