package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic Profile, "Publish and Subscribe"; Advanced Profile, "Publisher Exclusion". */
class PublishSubscribeTest {

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.join(); // sessions take the ids 1001 and 1002; publications come after them
    private final Peer bob = router.join();

    @Test
    void whatIsPublishedReachesTheSubscriber() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[16,1,{},'orders',[17,'shipped'],{'by':'bob'}]").hearsNothing();
        alice.hears("[36,1,1003,{},[17,'shipped'],{'by':'bob'}]").hearsNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",[]",
                ",[],{}",
                ",[1,2.50,1e400,123456789012345678901234567890,9007199254740993]",
                ",[ {\"a\" : [true , null]} ], {\"k\":\"\\u0041\\ud83d\\ude00 \"}",
                ",[\"\\u0000AAEC\"]",
                ""
            })
    void aPayloadArrivesAsItWasWritten(String payload) {
        alice.says("[32,1,{},'orders']").hears();
        bob.saysExactly("[16,1,{},\"orders\"" + payload + "]");
        assertThat(alice.hears()).isEqualTo("[36,1,1003,{}" + payload + "]");
    }

    @Test
    void thePublisherIsLeftOutUnlessItAsksNotToBe() {
        alice.says("[32,1,{},'orders']").hears();
        alice.says("[16,2,{},'orders']").hearsNothing();
        alice.says("[16,3,{'exclude_me':true},'orders']").hearsNothing();
        alice.says("[16,4,{'exclude_me':false},'orders']")
                .hears("[36,1,1005,{}]")
                .hearsNothing();
    }

    @Test
    void anAcknowledgedPublicationIsAnsweredOnceAndAnotherNever() {
        bob.says("[16,1,{'acknowledge':true},'orders']").hears("[17,1,1003]").hearsNothing();
        bob.says("[16,2,{'acknowledge':false},'orders']").hearsNothing();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a..b | wamp.error.invalid_uri",
                ".a | wamp.error.invalid_uri",
                "a. | wamp.error.invalid_uri",
                "a b | wamp.error.invalid_uri",
                "a\u0085b | wamp.error.invalid_uri",
                "a#b | wamp.error.invalid_uri",
                "wamp.session.on_join | wamp.error.invalid_uri"
            })
    void anIllegalTopicIsAnErrorAndTheSessionGoesOn(String topic, String error) {
        bob.says("[16,7,{'acknowledge':true},'" + topic + "']");
        assertThat(bob.hears()).startsWith("[8,16,7,{},\"" + error + "\",[");
        bob.says("[16,8,{},'" + topic + "']").hearsNothing();
        bob.says("[32,9,{},'orders']").hears("[33,9,1]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"wampfoo.bar", "a\u0081b", "orders/17", "com.example.ördér", "x"})
    void whatIsLegalUnderLooseRulesIsTaken(String topic) {
        alice.says("[32,1,{},'" + topic + "']").hears("[33,1,1]");
        bob.says("[16,8,{'acknowledge':true},'" + topic + "']").hears("[17,8,1003]");
    }

    @Test
    void strictRulesAllowLessAndSayWhy() {
        Peer peer = TestRouter.with(Uri.Rules.STRICT).join();
        peer.says("[32,1,{},'orders/17']");
        assertThat(peer.hears()).startsWith("[8,32,1,{},\"wamp.error.invalid_uri\"");
        peer.says("[32,2,{},'orders.no_17']").hears("[33,2,1]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'acknowledge':1}",
                "{'acknowledge':'true'}",
                "{'acknowledge':true,'exclude_me':0}",
                "{'acknowledge':true,'exclude_me':'no'}"
            })
    void anOptionOfTheWrongTypeIsAnErrorAndNothingIsPublished(String options) {
        alice.says("[32,1,{},'orders']").hears();
        bob.says("[16,1," + options + ",'orders']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
        bob.says("[16,2,{'exclude_me':1},'orders']").hearsNothing().isOpen();
        alice.hearsNothing();
    }

    @Test
    void theTypeOfAcknowledgeIsLookedAtFirst() {
        bob.says("[16,1,{'acknowledge':1},'a b']");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_argument\",[");
    }

    @Test
    void unknownOptionsAreIgnored() {
        alice.says("[32,1,{'_mine':1,'sharding':null,'match':'exact'},'orders']")
                .hears("[33,1,1]");
        bob.says("[16,1,{'acknowledge':true,'_mine':{}},'orders']").hears("[17,1,1003]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'regex'", "'Prefix'", "''", "1", "{}"})
    void anUnknownMatchPolicyIsAnError(String match) {
        alice.says("[32,1,{'match':" + match + "},'orders']");
        assertThat(alice.hears()).startsWith("[8,32,1,{},\"wamp.error.invalid_argument\",[");
    }

    @Test
    void subscribingTwiceIsOneSubscriptionAndOneUnsubscribeEndsIt() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]");
        alice.says("[32,2,{},'orders']").hears("[33,2,1]");
        bob.says("[16,1,{},'orders']");
        alice.hears("[36,1,1003,{}]").hearsNothing();
        alice.says("[34,3,1]").hears("[35,3]");
        bob.says("[16,2,{},'orders']");
        alice.hearsNothing();
    }

    @Test
    void subscribersOfATopicShareItsId() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[32,2,{},'customers']").hears("[33,2,2]");
    }

    @Test
    void aSubscriptionThatOneDoesNotHaveCannotBeEnded() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[34,1,1]");
        assertThat(bob.hears()).startsWith("[8,34,1,{},\"wamp.error.no_such_subscription\",[");
        bob.says("[34,2,99]");
        assertThat(bob.hears()).startsWith("[8,34,2,{},\"wamp.error.no_such_subscription\",[");
        bob.says("[16,3,{},'orders']");
        alice.hears("[36,1,1003,{}]");
    }

    @Test
    void aTopicThatEverybodyLeftGetsANewSubscription() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]").says("[34,2,1]").hears("[35,2]");
        alice.says("[32,3,{},'orders']").hears("[33,3,2]");
    }

    @Test
    void realmsDoNotSeeEachOther() {
        Peer carol = router.connect().join("realm2");
        carol.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[16,1,{},'orders']");
        carol.hearsNothing();
    }

    @Test
    void whatTheApplicationPublishesReachesEverySubscriber() {
        alice.says("[32,1,{},'orders']").hears("[33,1,1]");
        bob.says("[32,1,{},'orders']").hears("[33,1,1]");
        router.publish("orders", "[{\"id\":17}]");
        alice.hears("[36,1,1003,{},[{'id':17}]]");
        bob.hears("[36,1,1003,{},[{'id':17}]]");
    }

    @Test
    void eventsOfOnePublisherKeepTheirOrderAcrossTopics() {
        alice.says("[32,1,{},'a']").hears("[33,1,1]").says("[32,2,{},'b']").hears("[33,2,2]");
        for (int i = 1; i <= 100; i++) {
            bob.says("[16," + i + ",{},'" + (i % 3 == 0 ? "a" : "b") + "',[" + i + "]]");
        }
        for (int i = 1; i <= 100; i++) {
            assertThat(alice.hears()).endsWith("[" + i + "]]");
        }
    }

    @Test
    void whatMayNotBeDoneIsAnsweredAndTheSessionGoesOn() {
        Authorizer nothing = request -> {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "not you");
        };
        Peer peer = TestRouter.with(Authenticator::anybody, nothing).join();
        peer.says("[32,1,{},'orders']").hears("[8,32,1,{},'wamp.error.not_authorized',['not you']]");
        peer.says("[16,2,{'acknowledge':true},'orders']").hears("[8,16,2,{},'wamp.error.not_authorized',['not you']]");
        peer.says("[16,3,{},'orders']").hearsNothing().isOpen();
    }

    @Test
    void anAuthorizerThatFailsRefusesAndTellsNothing() {
        Authorizer broken = request -> {
            throw new IllegalStateException("ORA-00942 at db.internal");
        };
        Peer peer = TestRouter.with(Authenticator::anybody, broken).join();
        peer.says("[32,1,{},'orders']");
        assertThat(peer.hears()).contains("wamp.error.authorization_failed").doesNotContain("ORA");
        peer.isOpen();
    }
}
