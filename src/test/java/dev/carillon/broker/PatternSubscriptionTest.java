package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Uri;
import dev.carillon.serializer.Serializer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Pattern-based Subscription". */
class PatternSubscriptionTest {

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.join(); // sessions take the ids 1001 and 1002; publications come after them
    private final Peer bob = router.join();

    @Test
    void whoSubscribedToAPatternIsToldTheTopic() {
        subscribe(alice, "prefix", "shop.").hears("[33,1,1]");
        bob.says("[16,1,{},'shop.orders.17',['shipped']]");
        alice.hears("[36,1,1003,{'topic':'shop.orders.17'},['shipped']]").hearsNothing();
    }

    @Test
    void eachPolicyIsASubscriptionOfItsOwnAndAllSeeTheSamePublication() {
        subscribe(alice, "exact", "a.b").hears("[33,1,1]");
        subscribe(alice, "prefix", "a.b").hears("[33,1,2]");
        subscribe(alice, "wildcard", "a.b").hears("[33,1,3]");
        subscribe(alice, "wildcard", "a.").hears("[33,1,4]");
        bob.says("[16,1,{},'a.b']");
        assertThat(alice.hearsAll())
                .containsExactlyInAnyOrder(
                        "[36,1,1003,{}]",
                        "[36,2,1003,{\"topic\":\"a.b\"}]",
                        "[36,3,1003,{\"topic\":\"a.b\"}]",
                        "[36,4,1003,{\"topic\":\"a.b\"}]");
    }

    @Test
    void subscribersOfAPatternShareItsId() {
        subscribe(alice, "prefix", "a.").hears("[33,1,1]");
        subscribe(bob, "prefix", "a.").hears("[33,1,1]");
        subscribe(bob, "prefix", "a.b").hears("[33,1,2]");
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, a.b, a.b, true",
        "prefix, a.b, a.bc, true",
        "prefix, a.b, a.b.c.d, true",
        "prefix, a.b, a.c, false",
        "prefix, a.b, a, false",
        "prefix, a., a.b, true",
        "prefix, a., a, false",
        "prefix, '', a, true",
        "wildcard, a..c, a.b.c, true",
        "wildcard, a..c, a.b.d, false",
        "wildcard, a..c, a.c, false",
        "wildcard, a..c, a.b.b.c, false",
        "wildcard, .., a.b.c, true",
        "wildcard, .., a.b, false",
        "wildcard, '', a, true",
        "wildcard, '', a.b, false",
        "wildcard, a., a.b, true",
        "wildcard, .b, a.b, true",
        "wildcard, a.b, a.b, true"
    })
    void prefixesAreTextAndWildcardsAreComponents(String match, String pattern, String topic, boolean matches) {
        subscribe(alice, match, pattern).hears("[33,1,1]");
        bob.says("[16,1,{},'" + topic + "']");
        if (matches) {
            alice.hears("[36,1,1003,{'topic':'" + topic + "'}]");
        }
        alice.hearsNothing();
    }

    @ParameterizedTest
    @CsvSource({
        "prefix, a..b",
        "prefix, a..",
        "prefix, .a",
        "prefix, .",
        "prefix, a b",
        "prefix, a#",
        "wildcard, a. .b",
        "wildcard, a.#",
        "exact, a.",
        "exact, ''"
    })
    void anIllegalPatternIsAnErrorAndTheSessionGoesOn(String match, String pattern) {
        subscribe(alice, match, pattern);
        assertThat(alice.hears()).startsWith("[8,32,1,{},\"wamp.error.invalid_uri\",[");
        subscribe(alice, match, "a").hears("[33,1,1]");
    }

    @Test
    void strictRulesHoldForPatternsToo() {
        Peer peer = TestRouter.with(Uri.Rules.STRICT).join();
        subscribe(peer, "prefix", "orders/");
        assertThat(peer.hears()).contains("wamp.error.invalid_uri");
        subscribe(peer, "wildcard", "orders..lines").hears("[33,1,1]");
    }

    @Test
    void subscribingToAPatternTwiceIsOneSubscriptionAndOneUnsubscribeEndsIt() {
        subscribe(alice, "wildcard", "a.").hears("[33,1,1]");
        subscribe(alice, "wildcard", "a.").hears("[33,1,1]");
        bob.says("[16,1,{},'a.b']");
        alice.hears("[36,1,1003,{'topic':'a.b'}]").hearsNothing();
        alice.says("[34,2,1]").hears("[35,2]");
        bob.says("[16,2,{},'a.b']");
        alice.hearsNothing();
    }

    @Test
    void theEndOfOneSubscriptionLeavesTheOthersThatMatch() {
        subscribe(alice, "exact", "a.b").hears("[33,1,1]");
        subscribe(alice, "prefix", "a").hears("[33,1,2]");
        alice.says("[34,2,1]").hears("[35,2]");
        bob.says("[16,1,{},'a.b']");
        alice.hears("[36,2,1003,{'topic':'a.b'}]").hearsNothing();
    }

    @Test
    void aPatternThatEverybodyLeftGetsANewSubscription() {
        Peer carol = router.join();
        subscribe(carol, "prefix", "a.").hears("[33,1,1]");
        carol.vanishes();
        bob.says("[16,1,{},'a.b']");
        subscribe(alice, "prefix", "a.").hears("[33,1,2]").hearsNothing();
    }

    @Test
    void thePublisherIsLeftOutOfPatternsToo() {
        subscribe(bob, "prefix", "a.").hears("[33,1,1]");
        bob.says("[16,1,{},'a.b']").hearsNothing();
        bob.says("[16,2,{'exclude_me':false},'a.b']").hears("[36,1,1004,{'topic':'a.b'}]");
    }

    @Test
    void eventsOfOnePublisherKeepTheirOrderAcrossTheTopicsOfAPattern() {
        subscribe(alice, "prefix", "a.").hears("[33,1,1]");
        for (int i = 1; i <= 100; i++) {
            bob.says("[16," + i + ",{},'a." + i % 7 + "',[" + i + "]]");
        }
        for (int i = 1; i <= 100; i++) {
            assertThat(alice.hears()).endsWith("{\"topic\":\"a." + i % 7 + "\"},[" + i + "]]");
        }
    }

    @Test
    void eventsOfOnePublicationComeInTheOrderExactPrefixesWildcards() {
        subscribe(alice, "wildcard", ".b").hears("[33,1,1]");
        subscribe(alice, "prefix", "a.b").hears("[33,1,2]");
        subscribe(alice, "prefix", "a").hears("[33,1,3]");
        subscribe(alice, "exact", "a.b").hears("[33,1,4]");
        bob.says("[16,1,{},'a.b']");
        assertThat(alice.hearsAll().stream().map(event -> event.substring(4, 5)))
                .containsExactly("4", "3", "2", "1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"prefix", "wildcard"})
    void realmsDoNotSeeEachOther(String match) {
        Peer carol = router.connect().join("realm2");
        subscribe(carol, match, "").hears("[33,1,1]");
        bob.says("[16,1,{},'a']");
        carol.hearsNothing();
    }

    static List<Serializer> serializers() {
        return Serializer.ALL;
    }

    @ParameterizedTest
    @MethodSource("serializers")
    void allSerializersHearTheSame(Serializer from) {
        Peer publisher = router.join(from);
        List<Peer> peers = Serializer.ALL.stream().map(router::join).toList();
        for (Peer peer : peers) {
            subscribe(peer, "exact", "a.b").hears("[33,1,1]");
            subscribe(peer, "prefix", "a").hears("[33,1,2]");
            subscribe(peer, "wildcard", ".b").hears("[33,1,3]");
        }
        publisher.says("[16,1,{},'a.b',[1,'two',null],{'three':[3.5]}]");
        for (Peer peer : peers) {
            assertThat(peer.hears()).startsWith("[36,1,").endsWith(",{},[1,\"two\",null],{\"three\":[3.5]}]");
            assertThat(peer.hears())
                    .startsWith("[36,2,")
                    .endsWith(",{\"topic\":\"a.b\"},[1,\"two\",null],{\"three\":[3.5]}]");
            assertThat(peer.hears())
                    .startsWith("[36,3,")
                    .endsWith(",{\"topic\":\"a.b\"},[1,\"two\",null],{\"three\":[3.5]}]");
            peer.hearsNothing();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",[]", ",[],{}", ",[],{\"k\":1}"})
    void whatIsTranslatedForSeveralSubscriptionsKeepsItsForm(String payload) {
        for (Serializer serializer : Serializer.ALL) {
            Peer peer = router.join(serializer);
            subscribe(peer, "prefix", "a").hears("[33,1,1]");
            subscribe(peer, "wildcard", ".b").hears("[33,1,2]");
            bob.saysExactly("[16,1,{},\"a.b\"" + payload + "]");
            assertThat(peer.hears()).endsWith("}" + payload + "]");
            assertThat(peer.hears()).endsWith("}" + payload + "]");
        }
    }

    private static Peer subscribe(Peer peer, String match, String pattern) {
        return peer.says("[32,1,{'match':'" + match + "'},'" + pattern + "']");
    }
}
