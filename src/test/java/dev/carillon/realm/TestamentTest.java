package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.broker.TopicHooks;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Audience;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Identity;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a session has published when it has ended. Advanced Profile, "Session Testament". */
class TestamentTest {

    private final List<String> asked = new ArrayList<>(); // what the handler of the topics has heard
    private final List<String> refused = new ArrayList<>(); // topics that nobody may publish to
    private final List<String> undecided = new ArrayList<>(); // topics of which nobody can say
    private Runnable meanwhile = () -> {}; // happens once, while somebody is asked
    private final TestRouter router = TestRouter.with(RealmSettings.of(Authenticator::anybody, new Authorizer() {
                @Override
                public void authorize(Request request) {
                    String uri = request.uri().value();
                    if (request.action() == Action.PUBLISH && refused.contains(uri)) {
                        throw new WampError(ErrorUri.NOT_AUTHORIZED, "not here");
                    }
                    if (undecided.contains(uri)) {
                        throw new IllegalStateException("who knows");
                    }
                    Runnable now = meanwhile;
                    meanwhile = () -> {};
                    now.run();
                }
            })
            .with(new Handler()));
    private final Peer bob = router.join("bob", "support"); // sessions take the ids from 1001
    private final Peer alice = router.join("alice", "sales");

    /** Refuses and fails where the topic says so, and notes who publishes what. */
    private final class Handler implements TopicHooks {
        @Override
        public Edited onPublish(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
            asked.add(publisher.authid() + " " + topic);
            if (topic.value().equals("refusing")) {
                throw new WampError(ErrorUri.NOT_AUTHORIZED, "not now");
            }
            if (topic.value().equals("closing")) {
                router.router().close();
            }
            if (topic.value().equals("failing")) {
                throw new IllegalStateException("no");
            }
            return new Edited(
                    topic.value().equals("edited") ? Payload.of("edited") : payload, Audience.EVERYBODY, true);
        }

        @Override
        public void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session) {}

        @Override
        public boolean declares(Uri topic) {
            return true;
        }
    }

    private static String add(String argumentsAndKeywords) {
        return "[48,1,{},'wamp.session.add_testament'," + argumentsAndKeywords + "]";
    }

    private void leaves(String argumentsAndKeywords) {
        alice.says(add(argumentsAndKeywords)).hears("[50,1,{}]").hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanishes", "goodbye", "abort", "violation", "killed"})
    void itIsPublishedOnceHoweverTheSessionEnds(String how) {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves("['last.words',['seeya'],{'by':'alice'}]");
        bob.hearsNothing();
        switch (how) {
            case "vanishes" -> alice.vanishes();
            case "goodbye" -> alice.says("[6,{},'wamp.close.normal']").hears("[6,{},'wamp.close.goodbye_and_out']");
            case "abort" -> alice.says("[3,{},'app.reason']");
            case "violation" -> alice.says("[33,1,1]");
            default -> bob.says("[48,2,{},'wamp.session.kill',[1002]]").hears("[50,2,{}]");
        }
        bob.hearsEvent(1, "{},['seeya'],{'by':'alice'}").hearsNothing();
        alice.vanishes();
        bob.hearsNothing();
        assertThat(asked).containsExactly("alice last.words");
    }

    @Test
    void ifTheRouterIsClosedMeanwhileItIsDroppedAndCounted() {
        leaves("['closing']");
        alice.vanishes();
        assertThat(router.metrics().publications()).isZero();
        assertThat(router.metrics().publicationsTooLate()).isEqualTo(1);
    }

    @Test
    void itComesBehindTheNewsThatTheSessionHasLeft() {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        bob.says("[32,2,{},'wamp.session.on_leave']").hears("[33,2,2]");
        leaves("['last.words']");
        alice.vanishes();
        bob.hearsEvent(2, "{},[1002,'alice','sales']").hearsEvent(1, "{}").hearsNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "['last.words'] | {}",
                "['last.words',null,null] | {}",
                "['last.words',[],{}] | {}",
                "['last.words',[1,[null]]] | {},[1,[null]]",
                "['last.words',[],{'k':{'v':[]}}] | {},[],{'k':{'v':[]}}",
                "['last.words',null,{'k':null}] | {},[],{'k':null}",
                "['last.words',['x']],{'publish_options':{},'scope':'destroyed','more':1} | {},['x']",
                "['last.words',['x']],{'publish_options':null,'scope':null} | {},['x']"
            })
    void itHasTheArgumentsThatItWasGiven(String arguments, String event) {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves(arguments);
        alice.vanishes();
        bob.hearsEvent(1, event).hearsNothing();
    }

    @Test
    void thoseOfDetachedComeFirstEachInTheOrderInWhichTheyWereAdded() {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves("['last.words',[1]],{'scope':'destroyed'}");
        leaves("['last.words',[2]],{'scope':'detached'}");
        leaves("['last.words',[3]]");
        leaves("['last.words',[4]],{'scope':'detached'}");
        alice.vanishes();
        bob.hearsEvent(1, "{},[2]")
                .hearsEvent(1, "{},[4]")
                .hearsEvent(1, "{},[1]")
                .hearsEvent(1, "{},[3]")
                .hearsNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {"'' | 1", ",[],{} | 1", ",[],{'scope':'destroyed'} | 1", ",[],{'scope':'detached'} | 2"})
    void flushingForgetsThoseOfOneScope(String keywords, int left) {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves("['last.words',[1]],{'scope':'detached'}");
        leaves("['last.words',[2]]");
        alice.says("[48,2,{},'wamp.session.flush_testaments'" + (keywords.equals("''") ? "" : keywords) + "]")
                .hears("[50,2,{}]");
        alice.vanishes();
        bob.hearsEvent(1, "{},[" + left + "]").hearsNothing();
    }

    @Test
    void flushingWhatIsNotThereIsNoError() {
        alice.says("[48,1,{},'wamp.session.flush_testaments']").hears("[50,1,{}]");
        alice.vanishes();
        assertThat(asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'never'", "''", "17", "['detached']", "{}"})
    void aScopeThatThereIsNotIsAnError(String scope) {
        alice.says(add("['last.words'],{'scope':" + scope + "}")).hearsRefusal(1, "wamp.error.invalid_argument");
        alice.says("[48,2,{},'wamp.session.flush_testaments',[],{'scope':" + scope + "}]")
                .hearsRefusal(2, "wamp.error.invalid_argument");
        nothingWasLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[null]",
                "[17]",
                "[['last.words']]",
                "[],{'topic':'last.words'}",
                "['last.words','seeya']",
                "['last.words',{}]",
                "['last.words',17]",
                "['last.words',[],[]]",
                "['last.words',[],'by']",
                "['last.words',[]],{'publish_options':[]}",
                "['last.words',[]],{'publish_options':true}",
                "['last.words',[]],{'publish_options':{'retain':1}}",
                "['last.words',[]],{'publish_options':{'disclose_me':'yes'}}",
                "['last.words',[]],{'publish_options':{'exclude_me':0}}",
                "['last.words',[]],{'publish_options':{'acknowledge':1}}",
                "['last.words',[]],{'publish_options':{'eligible':1002}}",
                "['last.words',[]],{'publish_options':{'eligible_authid':'bob'}}",
                "['last.words',[]],{'publish_options':{'exclude_authrole':[1]}}"
            })
    void whatIsNoTestamentIsAnErrorAndTheSessionGoesOn(String arguments) {
        alice.says(add(arguments)).hearsRefusal(1, "wamp.error.invalid_argument");
        nothingWasLeft();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a..b", "a b", "a#", "wamp.session.on_join", "wamp"})
    void aTopicThatNobodyCanPublishToIsAnError(String topic) {
        alice.says(add("['" + topic + "']")).hearsRefusal(1, "wamp.error.invalid_uri");
        nothingWasLeft();
    }

    private void nothingWasLeft() {
        alice.hearsNothing().isOpen();
        alice.vanishes();
        assertThat(asked).isEmpty();
    }

    @Test
    void whoMayNotPublishMayNotLeaveATestament() {
        refused.add("secret");
        alice.says(add("['secret']")).hearsRefusal(1, "wamp.error.not_authorized");
        nothingWasLeft();
    }

    @Test
    void theRightIsAskedWhenItIsAddedAndNotAgain() {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves("['last.words']");
        refused.add("last.words");
        alice.vanishes();
        bob.hearsEvent(1, "{}");
    }

    /** As subscriptions are; what the session may still publish stays. */
    @Test
    void whoLosesTheRightWhileItLivesLosesTheTestament() {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        bob.says("[32,2,{},'other.words']").hears("[33,2,2]");
        leaves("['last.words'],{'scope':'detached'}");
        leaves("['other.words']");
        refused.add("last.words");
        router.router().recheck(session -> session.identity().authid().equals("bob"));
        router.router().recheck(session -> session.identity().authid().equals("alice"));
        refused.clear();
        alice.vanishes();
        bob.hearsEvent(2, "{}").hearsNothing();
        assertThat(asked).containsExactly("alice other.words");
    }

    @Test
    void whoIsNotDecidedAboutKeepsIt() {
        leaves("['last.words']");
        undecided.add("last.words");
        router.router().recheck(session -> true);
        alice.vanishes();
        assertThat(asked).containsExactly("alice last.words");
    }

    @Test
    void whoLosesTheRightInThisMomentLeavesNone() {
        meanwhile = () -> {
            refused.add("last.words");
            router.router().recheck(session -> true);
        };
        alice.says(add("['last.words']")).hearsRefusal(1, "wamp.error.not_authorized");
        nothingWasLeft();
    }

    @Test
    void aSessionLeavesTwentyAtMost() {
        for (int i = 0; i < 20; i++) {
            leaves("['last.words'],{'scope':'" + (i < 10 ? "detached" : "destroyed") + "'}");
        }
        alice.says(add("['last.words']")).hearsRefusal(1, "wamp.error.invalid_argument");
        bob.says(add("['last.words']")).hears("[50,1,{}]");
        alice.says("[48,2,{},'wamp.session.flush_testaments']").hears("[50,2,{}]");
        leaves("['last.words']");
        alice.vanishes();
        assertThat(asked).hasSize(11);
    }

    @Test
    void itReachesThoseForWhomItIsMeant() {
        Peer carol = router.join("carol", "sales");
        Peer dora = router.join("dora", "support");
        for (Peer peer : List.of(bob, carol, dora)) {
            peer.says("[32,1,{},'last.words']").hears("[33,1,1]");
        }
        leaves("['last.words',[1]],{'publish_options':{'eligible_authrole':['support'],'exclude_authid':['dora']}}");
        leaves("['last.words',[2]],{'publish_options':{'eligible':[1003]}}");
        leaves("['last.words',[3]],{'publish_options':{'eligible':[]}}");
        leaves("['last.words',[4]],{'publish_options':{'exclude':[1001,1003]}}");
        alice.vanishes();
        bob.hearsEvent(1, "{},[1]").hearsNothing();
        carol.hearsEvent(1, "{},[2]").hearsNothing();
        dora.hearsEvent(1, "{},[4]").hearsNothing();
    }

    @Test
    void itIsRetainedDisclosedAndNeverAcknowledgedAsItsOptionsSay() {
        leaves("['last.words',['seeya']],"
                + "{'publish_options':{'retain':true,'disclose_me':true,'acknowledge':true}}");
        alice.says("[6,{},'wamp.close.normal']")
                .hears("[6,{},'wamp.close.goodbye_and_out']")
                .hearsNothing();
        bob.says("[32,1,{'get_retained':true},'last.words']").hears("[33,1,1]");
        bob.hearsEvent(
                1,
                "{'publisher':1002,'publisher_authid':'alice','publisher_authrole':'sales','retained':true},['seeya']");
    }

    @Test
    void aRealmThatDisclosesNobodyRefusesToPromiseIt() {
        Peer shy = TestRouter.with(RealmSettings.of(Authenticator::anybody, Authorizer.OPEN)
                        .withDisclosure(false))
                .join();
        shy.says(add("['last.words',[]],{'publish_options':{'disclose_me':true}}"))
                .hearsRefusal(1, "wamp.error.option_disallowed.disclose_me");
        shy.says(add("['last.words',[]],{'publish_options':{'disclose_me':false}}"))
                .hears("[50,1,{}]");
    }

    @Test
    void aPackedPayloadReachesWhoUnderstandsIt() {
        Peer packer = router.joinWith("publisher.payload_passthru_mode");
        Peer unpacker = router.joinWith("subscriber.payload_passthru_mode");
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]");
        unpacker.says("[32,1,{},'last.words']").hears("[33,1,1]");
        packer.says(add("['last.words',['xyz']],{'publish_options':{'ppt_scheme':'x_app','ppt_keyid':'k'}}"))
                .hears("[50,1,{}]");
        packer.vanishes();
        unpacker.hearsEvent(1, "{'ppt_scheme':'x_app','ppt_keyid':'k'},['xyz']");
        bob.hearsNothing();
    }

    @Test
    void aHandlerEditsItAndOneThatRefusesOrFailsStopsNoOther() {
        for (String topic : List.of("refusing", "failing", "edited", "last.words")) {
            bob.says("[32,1,{},'" + topic + "']").hears();
            leaves("['" + topic + "',['mine']]");
        }
        alice.vanishes();
        bob.hearsEvent(3, "{},['edited']").hearsEvent(4, "{},['mine']").hearsNothing();
        assertThat(asked).containsExactly("alice refusing", "alice failing", "alice edited", "alice last.words");
    }

    @Test
    void whenAllAreKilledNobodysTestamentIsPublished() {
        leaves("['last.words']");
        bob.says("[48,2,{},'wamp.session.kill_all']").hears("[50,2,{},[1]]");
        alice.hears("[6,{},'wamp.close.killed']").vanishes();
        assertThat(asked).isEmpty();
    }

    @Test
    void whenTheRouterGoesNobodysTestamentIsPublished() {
        leaves("['last.words']");
        router.router().close();
        alice.hears("[6,{},'wamp.close.system_shutdown']").vanishes();
        assertThat(asked).isEmpty();
    }

    @Test
    void itStaysInItsRealm() {
        Peer other = router.connect().join("realm2");
        other.says("[32,1,{},'last.words']").hears("[33,1,1]");
        leaves("['last.words']");
        alice.vanishes();
        other.hearsNothing();
    }

    @Test
    void aLongTestamentIsChargedToItsReceiversAsLong() {
        bob.says("[32,1,{},'last.words']").hears("[33,1,1]").stopsReading();
        bob.says("[48,9,{},'wamp.session.count']"); // under way: what follows waits
        long before = bob.session().outbox().bytes();
        leaves("['last.words',['" + "x".repeat(100_000) + "']]");
        alice.vanishes();
        assertThat(bob.session().outbox().bytes() - before).isBetween(200_000L, 201_000L);
    }

    @Test
    void addingOneCountsAsPublishing() {
        TestRouter strict = TestRouter.with(
                RealmSettings.of(Authenticator::anybody, Authorizer.OPEN).withPublishRate(1));
        Peer carol = strict.join("carol", "sales");
        for (int i = 1; i <= 2; i++) { // twice as many at once after a pause
            carol.says("[48," + i + ",{},'wamp.session.add_testament',['last.words',[]]]")
                    .hears("[50," + i + ",{}]");
        }
        carol.says("[48,3,{},'wamp.session.add_testament',['last.words',[]]]");
        assertThat(carol.hears()).startsWith("[8,48,3,{},\"carillon.error.rate_limited\"");
        strict.moveClock(Duration.ofSeconds(1));
        carol.says("[48,4,{},'wamp.session.add_testament',['last.words',[]]]").hears("[50,4,{}]");
    }
}
