package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.Handshake;
import dev.carillon.session.OutboxLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sessions that somebody else ends. Advanced Profile, "Session Meta API". */
class KillTest {

    private static final String NO_MORE = "{},'wamp.close.killed']";

    private final TestRouter router = TestRouter.open();
    private final Peer admin = router.join("admin", "administrator"); // sessions take the ids from 1001
    private final Peer alice = router.join("alice", "sales");
    private final Peer bob = router.join("bob", "sales");

    @Test
    void whoIsKilledGetsGoodbyeAndIsClosedWhenItHasAnswered() {
        admin.says("[48,1,{},'wamp.session.kill',[1002]]").hears("[50,1,{}]").hearsNothing();
        alice.hears("[6," + NO_MORE).hearsNothing().isOpen();
        alice.says("[16,1,{'acknowledge':true},'news']").hearsNothing();
        alice.says("[6,{},'wamp.close.goodbye_and_out']").hearsNothing().isClosedWith(1000);
        bob.hearsNothing().isOpen();
        admin.says("[48,2,{},'wamp.session.list']").hears("[50,2,{},[[1001,1003]]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'reason':'app.maintenance','message':'back at six'} | {'message':'back at six'},'app.maintenance'",
                "{'message':''} | {'message':''},'wamp.close.killed'",
                "{'reason':'wamp.close.logout'} | {},'wamp.close.logout'",
                "{'reason':null,'message':null,'more':1} | {},'wamp.close.killed'"
            })
    void reasonAndMessageReachTheKilledHoweverTheyWereChosen(String keywords, String goodbye) {
        Peer second = router.join("alice", "sales"); // 1004
        Peer third = router.join("alice", "support");
        Peer fourth = router.join("dora", "support");
        admin.says("[48,1,{},'wamp.session.kill',[1002]," + keywords + "]").hears("[50,1,{}]");
        alice.hears("[6," + goodbye + "]");
        admin.says("[48,2,{},'wamp.session.kill_by_authid',['alice']," + keywords + "]")
                .hears("[50,2,{},[[1004,1005]]]");
        second.hears("[6," + goodbye + "]");
        third.hears("[6," + goodbye + "]");
        admin.says("[48,3,{},'wamp.session.kill_by_authrole',['sales']," + keywords + "]")
                .hears("[50,3,{},[1]]");
        bob.hears("[6," + goodbye + "]");
        admin.says("[48,4,{},'wamp.session.kill_all',[]," + keywords + "]").hears("[50,4,{},[1]]");
        fourth.hears("[6," + goodbye + "]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "'a..b'", "'a b'", "'.a'", "'#'", "17", "true", "['app.reason']", "{}"})
    void aReasonThatIsNoUriIsAnErrorAndKillsNobody(String reason) {
        for (String call : calls()) {
            admin.says("[48,1,{}," + call + ",{'reason':" + reason + "}]").hearsRefusal(1, "wamp.error.invalid_uri");
        }
        alice.hearsNothing().isOpen();
        bob.hearsNothing().isOpen();
    }

    @ParameterizedTest
    @ValueSource(strings = {"17", "false", "[]", "{'text':'x'}"})
    void aMessageThatIsNoStringIsAnErrorAndKillsNobody(String message) {
        for (String call : calls()) {
            admin.says("[48,1,{}," + call + ",{'message':" + message + "}]");
            assertThat(admin.hears()).startsWith("[8,48,1,{},\"wamp.error.invalid_argument\",[\"'message'");
        }
        alice.hearsNothing().isOpen();
        bob.hearsNothing().isOpen();
    }

    private static String[] calls() {
        return new String[] {
            "'wamp.session.kill',[1002]",
            "'wamp.session.kill_by_authid',['alice']",
            "'wamp.session.kill_by_authrole',['sales']",
            "'wamp.session.kill_all',[]"
        };
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",[]", ",[null]", ",[1002]", ",[['alice']]", ",[],{'authid':'alice','authrole':'sales'}"})
    void anAuthidOrARoleThatIsNoStringIsAnErrorAndKillsNobody(String arguments) {
        for (String procedure : new String[] {"kill_by_authid", "kill_by_authrole"}) {
            admin.says("[48,1,{},'wamp.session." + procedure + "'" + arguments + "]");
            assertThat(admin.hears()).startsWith("[8,48,1,{},\"wamp.error.invalid_argument\",[\"argument 1, 'auth");
        }
        alice.hearsNothing().isOpen();
    }

    @ParameterizedTest
    @ValueSource(ints = {1001, 999})
    void nobodyKillsItselfOrWhoIsNotThere(int id) {
        admin.says("[48,1,{},'wamp.session.kill',[" + id + "]]").hearsRefusal(1, "wamp.error.no_such_session");
        admin.hearsNothing().isOpen();
    }

    @Test
    void theCallerIsLeftOutAlsoWhereItFits() {
        Peer other = router.join("admin", "administrator"); // 1004
        admin.says("[48,1,{},'wamp.session.kill_by_authid',['admin']]").hears("[50,1,{},[[1004]]]");
        other.hears("[6," + NO_MORE);
        admin.says("[48,2,{},'wamp.session.kill_by_authid',['admin']]").hears("[50,2,{},[[]]]");
        admin.says("[48,3,{},'wamp.session.kill_by_authrole',['administrator']]")
                .hears("[50,3,{},[0]]");
        admin.says("[48,4,{},'wamp.session.kill_all']").hears("[50,4,{},[2]]").hearsNothing();
        alice.hears("[6," + NO_MORE);
        bob.hears("[6," + NO_MORE);
        admin.says("[48,5,{},'wamp.session.list']").hears("[50,5,{},[[1001]]]");
    }

    @Test
    void theApplicationsOwnSessionIsSafe() {
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM); // 1004
        admin.says("[48,1,{},'wamp.session.kill',[1004]]").hearsRefusal(1, "wamp.error.no_such_session");
        admin.says("[48,2,{},'wamp.session.kill_by_authid',['application']]").hears("[50,2,{},[[]]]");
        admin.says("[48,3,{},'wamp.session.kill_by_authrole',['application']]").hears("[50,3,{},[0]]");
        admin.says("[48,4,{},'wamp.session.kill_all']").hears("[50,4,{},[2]]");
        application.hearsNothing().isOpen();
    }

    @Test
    void whoIsKilledIsToldOfLikeAnybodyWhoLeavesBehindTheResult() {
        admin.says("[32,1,{},'wamp.session.on_leave']").hears("[33,1,1]");
        alice.says("[32,1,{},'news']").hears("[33,1,2]");
        admin.says("[32,2,{},'wamp.subscription.on_delete']").hears("[33,2,3]");
        admin.says("[48,3,{},'wamp.session.kill_by_authrole',['sales']]")
                .hears("[50,3,{},[2]]")
                .hearsEvent(3, "{},[1002,2]")
                .hearsEvent(1, "{},[1002,'alice','sales']")
                .hearsEvent(1, "{},[1003,'bob','sales']")
                .hearsNothing();
        alice.says("[6,{},'wamp.close.goodbye_and_out']");
        bob.vanishes();
        admin.hearsNothing();
    }

    @Test
    void killingAllIsQuietNoSessionEventsAndNoTestaments() {
        admin.says("[32,1,{'match':'prefix'},'wamp.session.']").hears("[33,1,1]");
        admin.says("[32,2,{},'last.words']").hears("[33,2,2]");
        alice.says("[48,1,{},'wamp.session.add_testament',['last.words',['alice']]]")
                .hears("[50,1,{}]");
        admin.says("[48,3,{},'wamp.session.kill_all']").hears("[50,3,{},[2]]").hearsNothing();
        alice.says("[6,{},'wamp.close.goodbye_and_out']").vanishes();
        bob.vanishes();
        admin.hearsNothing();
    }

    @Test
    void theCallsOfTheKilledAreCanceled() {
        alice.says("[64,1,{},'add']").hears("[65,1,1]");
        bob.says("[48,1,{},'add',[1]]");
        alice.hears("[68,1,1,{},[1]]");
        admin.says("[48,1,{},'wamp.session.kill',[1002]]").hears("[50,1,{}]");
        assertThat(bob.hears()).startsWith("[8,48,1,{},\"wamp.error.canceled\",[");
    }

    @Test
    void whoReadsTooSlowlyIsToldOfAsGoneOnceAndHasItsTestamentPublished() {
        TestRouter small = TestRouter.with(new OutboxLimits(10, 1_000_000));
        Peer watcher = small.join("admin", "administrator");
        watcher.says("[32,1,{},'wamp.session.on_leave']").hears("[33,1,1]");
        watcher.says("[32,2,{},'last.words']").hears("[33,2,2]");
        Peer slow = small.join("alice", "sales");
        slow.says("[48,1,{},'wamp.session.add_testament',['last.words',['alice']]]")
                .hears("[50,1,{}]");
        slow.says("[32,2,{},'news']").hears("[33,2,3]").stopsReading();
        for (int i = 0; i < 20; i++) {
            small.publish("news", "[" + i + "]");
        }
        slow.isClosedWith(1013);
        assertThat(watcher.hears()).endsWith(",{},[" + slow.session().id().value() + ",\"alice\",\"sales\"]]");
        assertThat(watcher.hears()).startsWith("[36,2,").endsWith(",{},[\"alice\"]]");
        watcher.hearsNothing();
    }
}
