package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.Handshake;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who listens to what. Advanced Profile, "Subscription Meta API". */
class SubscriptionMetaTest {

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.joinWith("subscriber.subscription_revocation"); // sessions take the ids from 1001
    private final Peer bob = router.join();
    private final Peer admin = router.join();

    /** 1 {@code shop.news}, by two; 2 prefix {@code shop.}; 3 wildcard {@code shop..total}. */
    private void subscribeAll() {
        alice.says("[32,1,{},'shop.news']").hears("[33,1,1]");
        bob.says("[32,1,{},'shop.news']").hears("[33,1,1]");
        alice.says("[32,2,{'match':'prefix'},'shop.']").hears("[33,2,2]");
        bob.says("[32,2,{'match':'wildcard'},'shop..total']").hears("[33,2,3]");
    }

    @Test
    void subscriptionsAreListedByMatchPolicy() {
        admin.says("[48,1,{},'wamp.subscription.list']").hears("[50,1,{},[{'exact':[],'prefix':[],'wildcard':[]}]]");
        subscribeAll();
        admin.says("[32,2,{},'other']").hears("[33,2,4]");
        admin.says("[48,3,{},'wamp.subscription.list',['ignored'],{'also':true}]")
                .hears("[50,3,{},[{'exact':[1,4],'prefix':[2],'wildcard':[3]}]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "'shop.news' | 1",
                "'shop.news',{} | 1",
                "'shop.news',null | 1",
                "'shop.news',{'match':'exact','get_retained':true,'_mine':1} | 1",
                "'shop.news',{'match':'prefix'} | null",
                "'shop.',{'match':'prefix'} | 2",
                "'shop.' | null",
                "'shop..total',{'match':'wildcard'} | 3",
                "'nobody.listens' | null",
                "'' | null"
            })
    void aSubscriptionIsLookedUpByItsVeryPattern(String arguments, String id) {
        subscribeAll();
        admin.says("[48,1,{},'wamp.subscription.lookup',[" + arguments + "]]").hears("[50,1,{},[" + id + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"shop.news | [1,2]", "shop.x.total | [2,3]", "shop.other | [2]", "store.news | null"})
    void allSubscriptionsThatATopicReachesAreMatched(String topic, String ids) {
        subscribeAll();
        admin.says("[48,1,{},'wamp.subscription.match',['" + topic + "']]").hears("[50,1,{},[" + ids + "]]");
    }

    @Test
    void aSubscriptionIsDescribedWithItsSubscribers() {
        subscribeAll();
        admin.says("[48,1,{},'wamp.subscription.get',[1]]")
                .hears("[50,1,{},[{'id':1,'created':'2026-11-21T10:00:00Z','uri':'shop.news','match':'exact'}]]");
        admin.says("[48,2,{},'wamp.subscription.get',[3]]")
                .hears("[50,2,{},[{'id':3,'created':'2026-11-21T10:00:00Z','uri':'shop..total','match':'wildcard'}]]");
        admin.says("[48,3,{},'wamp.subscription.list_subscribers',[1]]").hears("[50,3,{},[[1001,1002]]]");
        admin.says("[48,4,{},'wamp.subscription.count_subscribers',[1]]").hears("[50,4,{},[2]]");
        alice.vanishes();
        admin.says("[48,5,{},'wamp.subscription.list_subscribers',[1]]").hears("[50,5,{},[[1002]]]");
        admin.says("[48,6,{},'wamp.subscription.get',[2]]")
                .hears("[8,48,6,{},'wamp.error.no_such_subscription',['there is no subscription 2']]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"get", "list_subscribers", "count_subscribers", "remove_subscriber", "get_events"})
    void aSubscriptionThatIsNotThereAndWhatIsNoIdAreErrors(String procedure) {
        String call = "[48,1,{},'wamp.subscription." + procedure + "'";
        admin.says(call + ",[99,1001]]").hearsRefusal(1, "wamp.error.no_such_subscription");
        for (String arguments : new String[] {"", ",[]", ",['1',1001]", ",[0,1001]", ",[1.5,1001]", ",[null,1001]"}) {
            admin.says(call + arguments + "]").hearsRefusal(1, "wamp.error.invalid_argument");
        }
        admin.isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",[]", ",[null]", ",[17]", ",[['shop.news']]", ",[],{'topic':'shop.news'}"})
    void aTopicThatIsNoStringIsAnError(String arguments) {
        for (String procedure :
                new String[] {"wamp.subscription.lookup", "wamp.subscription.match", "carillon.retained.clear"}) {
            admin.says("[48,1,{},'" + procedure + "'" + arguments + "]").hearsRefusal(1, "wamp.error.invalid_argument");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"'prefix'", "[]", "1", "{'match':'regex'}", "{'match':1}", "{'match':''}"})
    void optionsThatAreNoneOfSubscribeAreAnError(String options) {
        for (String procedure : new String[] {"wamp.subscription.lookup", "carillon.retained.clear"}) {
            admin.says("[48,1,{},'" + procedure + "',['shop.news'," + options + "]]")
                    .hearsRefusal(1, "wamp.error.invalid_argument");
        }
    }

    @Test
    void creationIsToldBeforeTheSubscriberAndTheLastSubscriberBeforeTheEnd() {
        admin.says("[32,1,{'match':'prefix'},'wamp.subscription.']").hears("[33,1,1]");
        // Of its own subscription's creation it is not told: it subscribes only after that.
        admin.hearsEvent(1, "{'topic':'wamp.subscription.on_subscribe'},[1003,1]")
                .hearsNothing();
        alice.says("[32,1,{},'news']").hears("[33,1,2]").hearsNothing();
        admin.hearsEvent(
                        1,
                        "{'topic':'wamp.subscription.on_create'},[1001,{'id':2,"
                                + "'created':'2026-11-21T10:00:00Z','uri':'news','match':'exact'}]")
                .hearsEvent(1, "{'topic':'wamp.subscription.on_subscribe'},[1001,2]");
        bob.says("[32,1,{},'news']").hears("[33,1,2]");
        admin.hearsEvent(1, "{'topic':'wamp.subscription.on_subscribe'},[1002,2]");
        bob.says("[32,2,{},'news']").hears("[33,2,2]");
        admin.hearsNothing();
        bob.says("[34,3,2]").hears("[35,3]");
        admin.hearsEvent(1, "{'topic':'wamp.subscription.on_unsubscribe'},[1002,2]");
        alice.vanishes();
        admin.hearsEvent(1, "{'topic':'wamp.subscription.on_unsubscribe'},[1001,2]")
                .hearsEvent(1, "{'topic':'wamp.subscription.on_delete'},[1001,2]")
                .hearsNothing();
    }

    @Test
    void aSubscriberIsRemovedAndToldIfItUnderstands() {
        subscribeAll();
        admin.says("[48,1,{},'wamp.subscription.remove_subscriber',[1,1001],{'reason':'app.maintenance'}]")
                .hears("[50,1,{}]");
        alice.hears("[35,0,{'subscription':1,'reason':'app.maintenance'}]");
        admin.says("[48,2,{},'wamp.subscription.remove_subscriber',[1,1002]]").hears("[50,2,{}]");
        bob.hearsNothing();
        admin.says("[16,3,{},'shop.news',['for the prefix only']]");
        assertThat(alice.hears()).startsWith("[36,2,");
        alice.hearsNothing();
        bob.hearsNothing().isOpen();
        admin.says("[48,4,{},'wamp.subscription.remove_subscriber',[2,1001]]").hears("[50,4,{}]");
        alice.hears("[35,0,{'subscription':2,'reason':'wamp.error.not_authorized'}]");
        admin.says("[48,5,{},'wamp.subscription.list']").hears("[50,5,{},[{'exact':[],'prefix':[],'wildcard':[3]}]]");
    }

    @Test
    void whoDoesNotSubscribeCannotBeRemovedNorCanTheApplication() {
        subscribeAll();
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM);
        long id = application.session().id().value();
        application.says("[32,1,{},'shop.news']").hears("[33,1,1]");
        admin.says("[48,1,{},'wamp.subscription.remove_subscriber',[2,1002]]")
                .hearsRefusal(1, "wamp.error.no_such_session");
        admin.says("[48,2,{},'wamp.subscription.remove_subscriber',[1,999]]")
                .hearsRefusal(2, "wamp.error.no_such_session");
        admin.says("[48,3,{},'wamp.subscription.remove_subscriber',[1," + id + "]]")
                .hearsRefusal(3, "wamp.error.no_such_session");
        admin.says("[48,4,{},'wamp.subscription.remove_subscriber',[1,1001],{'reason':'a..b'}]")
                .hearsRefusal(4, "wamp.error.invalid_uri");
        admin.says("[48,5,{},'wamp.subscription.remove_subscriber',[1]]")
                .hearsRefusal(5, "wamp.error.invalid_argument");
        alice.hearsNothing();
        admin.says("[48,6,{},'wamp.subscription.count_subscribers',[1]]").hears("[50,6,{},[3]]");
    }

    @Test
    void whatIsRetainedIsForgottenByTopicOrByPattern() {
        for (String topic : new String[] {"shop.a", "shop.b", "shop.c", "other"}) {
            alice.says("[16,1,{'retain':true},'" + topic + "',['kept']]");
        }
        admin.says("[48,1,{},'carillon.retained.clear',['shop.a']]").hears("[50,1,{},[1]]");
        admin.says("[48,2,{},'carillon.retained.clear',['shop.',{'match':'prefix'}]]")
                .hears("[50,2,{},[2]]");
        admin.says("[48,3,{},'carillon.retained.clear',['shop.a']]").hears("[50,3,{},[0]]");
        bob.says("[32,1,{'get_retained':true},'shop.b']").hears("[33,1,1]").hearsNothing();
        bob.says("[32,2,{'get_retained':true},'other']").hears("[33,2,2]");
        assertThat(bob.hears()).contains("\"retained\":true");
    }

    @Test
    void realmsDoNotKnowEachOthersSubscriptions() {
        subscribeAll();
        Peer other = router.connect().join("realm2");
        other.says("[48,1,{},'wamp.subscription.list']").hears("[50,1,{},[{'exact':[],'prefix':[],'wildcard':[]}]]");
        other.says("[48,2,{},'wamp.subscription.match',['shop.news']]").hears("[50,2,{},[null]]");
        other.says("[48,3,{},'wamp.subscription.get',[1]]").hearsRefusal(3, "wamp.error.no_such_subscription");
        other.says("[32,4,{},'wamp.subscription.on_create']").hears("[33,4,1]");
        alice.says("[32,5,{},'unseen']").hears("[33,5,4]");
        other.hearsNothing();
    }
}
