package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Advanced Profile, "Subscriber Black- and Whitelisting" and "Publisher Exclusion". */
class ReceiverListsTest {

    private final TestRouter router = TestRouter.open();
    private final Peer alice = router.join("alice", "sales"); // 1001
    private final Peer aliceAgain = router.join("alice", "sales"); // 1002
    private final Peer bob = router.join("bob", "sales"); // 1003
    private final Peer admin = router.join("admin", "administrator"); // 1004
    private final List<Peer> all = List.of(alice, aliceAgain, bob, admin);

    /** Receivers by the last digit of their session; the publisher is 4, and not excluded. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "                                                               | 1 2 3 4",
                "'eligible':[1001,1003]                                         | 1 3",
                "'eligible':[1001,1001,77]                                      | 1",
                "'eligible':[]                                                  |",
                "'eligible_authid':['alice']                                    | 1 2",
                "'eligible_authid':['alice','admin','nobody']                   | 1 2 4",
                "'eligible_authid':[]                                           |",
                "'eligible_authrole':['sales']                                  | 1 2 3",
                "'eligible_authrole':['sales','administrator']                  | 1 2 3 4",
                "'eligible_authrole':[]                                         |",
                "'exclude':[1001,1003]                                          | 2 4",
                "'exclude':[]                                                   | 1 2 3 4",
                "'exclude_authid':['alice']                                     | 3 4",
                "'exclude_authid':[]                                            | 1 2 3 4",
                "'exclude_authrole':['sales']                                   | 4",
                "'exclude_authrole':[]                                          | 1 2 3 4",
                "'eligible':[1001,1003],'eligible_authid':['alice']             | 1",
                "'eligible_authid':['alice','admin'],'eligible_authrole':['sales'] | 1 2",
                "'eligible':[1002],'eligible_authid':['bob']                    |",
                "'eligible':[1001],'eligible_authid':[]                         |",
                "'eligible':[1001,1002],'exclude':[1001]                        | 2",
                "'eligible':[1001],'exclude_authid':['alice']                   |",
                "'eligible_authid':['alice','bob'],'exclude_authrole':['sales'] |",
                "'eligible_authrole':['sales'],'exclude_authid':['bob']         | 1 2",
                "'exclude':[1001],'exclude_authid':['bob'],'exclude_authrole':['administrator'] | 2",
                "'eligible':null,'exclude':null                                 | 1 2 3 4"
            })
    void whoIsInEveryEligibleListAndInNoExcludeListGetsIt(String lists, String receivers) {
        all.forEach(ReceiverListsTest::subscribe);
        admin.says("[16,1,{'exclude_me':false" + (lists == null ? "" : "," + lists) + "},'news',['x']]");
        assertThat(whoHeard()).isEqualTo(receivers == null ? "" : receivers);
    }

    @Test
    void thePublisherIsLeftOutOfTheListsThatItIsIn() {
        all.forEach(ReceiverListsTest::subscribe);
        admin.says("[16,1,{'eligible':[1001,1004]},'news']");
        assertThat(whoHeard()).isEqualTo("1");
        admin.says("[16,1,{'eligible_authid':['admin'],'exclude_me':true},'news']");
        assertThat(whoHeard()).isEmpty();
    }

    @Test
    void notExcludingOneselfDoesNotOutweighTheListThatDoes() {
        all.forEach(ReceiverListsTest::subscribe);
        admin.says("[16,1,{'exclude_me':false,'exclude':[1004]},'news']");
        assertThat(whoHeard()).isEqualTo("1 2 3");
    }

    @Test
    void anyRoleOfAUserCountsAndNotOnlyTheOneThatPeersAreTold() {
        Identity both = new Identity("carol", "sales", Set.of("sales", "buyer"), "ticket", "container");
        Peer carol = router.connect(new Handshake(null, null, both)).join(TestRouter.REALM);
        subscribe(carol);
        admin.says("[16,1,{'eligible_authrole':['buyer']},'news']");
        assertThat(carol.hearsAll()).hasSize(1);
        admin.says("[16,2,{'exclude_authrole':['buyer']},'news']");
        carol.hearsNothing();
    }

    @Test
    void listsHoldForPatternSubscriptionsToo() {
        bob.says("[32,1,{'match':'prefix'},'n']").hears("[33,1,1]");
        alice.says("[32,1,{'match':'wildcard'},'']").hears("[33,1,2]");
        admin.says("[16,1,{'eligible_authid':['alice']},'news']");
        assertThat(whoHeard()).isEqualTo("1");
    }

    @Test
    void whoIsListedAndHasNotSubscribedGetsNothing() {
        subscribe(bob);
        admin.says("[16,1,{'eligible':[1001,1003]},'news']");
        assertThat(whoHeard()).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'eligible':1001",
                "'eligible':{}",
                "'eligible':['1001']",
                "'eligible':[0]",
                "'eligible':[1.5]",
                "'eligible':[null]",
                "'exclude':true",
                "'exclude':[[1001]]",
                "'eligible_authid':'alice'",
                "'eligible_authid':[1]",
                "'exclude_authid':[null]",
                "'eligible_authrole':{}",
                "'exclude_authrole':['sales',7]"
            })
    void aListOfTheWrongTypeIsAnErrorAndNobodyGetsAnything(String list) {
        all.forEach(ReceiverListsTest::subscribe);
        admin.says("[16,7,{'acknowledge':true," + list + "},'news']");
        assertThat(admin.hears()).startsWith("[8,16,7,{},\"wamp.error.invalid_argument\",[");
        admin.says("[16,8,{" + list + "},'news']").hearsNothing().isOpen();
        assertThat(whoHeard()).isEmpty();
    }

    /** They are looked through for each subscriber, and kept with events that are kept. */
    @Test
    void listsAndNamesHaveALongestLength() {
        all.forEach(ReceiverListsTest::subscribe);
        String thousand = "'u'" + ",'u'".repeat(999); // the same name counts once
        String names =
                IntStream.rangeClosed(1, 1001).mapToObj(i -> "'u" + i + "'").collect(Collectors.joining(","));
        String ids = IntStream.rangeClosed(1, 1001).mapToObj(String::valueOf).collect(Collectors.joining(","));
        for (String list : List.of(
                "'eligible_authid':[" + names + "]",
                "'exclude':[" + ids + "]",
                "'exclude_authrole':['" + "r".repeat(256) + "']")) {
            admin.says("[16,7,{'acknowledge':true," + list + "},'news']");
            assertThat(admin.hears()).startsWith("[8,16,7,{},\"wamp.error.invalid_argument\",[");
        }
        assertThat(whoHeard()).isEmpty();
        admin.says("[16,8,{'acknowledge':true,'exclude_authid':[" + thousand + ",'" + "r".repeat(255) + "']},'news']");
        assertThat(admin.hears()).startsWith("[17,8,");
    }

    private static void subscribe(Peer peer) {
        peer.says("[32,1,{},'news']").hears("[33,1,1]");
    }

    private String whoHeard() {
        List<String> heard = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (!all.get(i).hearsAll().isEmpty()) {
                heard.add(String.valueOf(i + 1));
            }
        }
        return String.join(" ", heard);
    }
}
