package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is there, and who comes and goes. Advanced Profile, "Session Meta API". */
class SessionMetaTest {

    private static final String ALICE = "{'session':1001,'authid':'alice','authrole':'sales','authmethod':'ticket',"
            + "'authprovider':'container','transport':{'protocol':'wamp.2.json'}}";

    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    private final TestRouter router = TestRouter.open();
    private final Peer alice =
            router.join("alice", "sales"); // sessions take the ids from 1001; publications come after
    private final Peer bob = router.join("bob", "sales");
    private final Peer carol = router.join("carol", "support");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "          | 3 | 1001,1002,1003",
                ",[]       | 3 | 1001,1002,1003",
                ",[null]   | 3 | 1001,1002,1003",
                ",[['sales']] | 2 | 1001,1002",
                ",[['sales','support','sales','nobody']] | 3 | 1001,1002,1003",
                ",[['nobody']] | 0 | ''",
                ",[[]]     | 0 | ''",
                ",[],{'filter_authroles':['sales'],'more':1} | 3 | 1001,1002,1003"
            })
    void sessionsAreCountedAndListedAllOrThoseOfSomeRoles(String arguments, int count, String ids) {
        String payload = arguments == null ? "" : arguments;
        bob.says("[48,1,{},'wamp.session.count'" + payload + "]").hears("[50,1,{},[" + count + "]]");
        bob.says("[48,2,{},'wamp.session.list'" + payload + "]").hears("[50,2,{},[[" + ids + "]]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'sales'", "1", "true", "{'sales':true}", "[1]", "['sales',null]", "[['sales']]"})
    void rolesThatAreNoListOfStringsAreAnError(String roles) {
        for (String procedure : new String[] {"count", "list"}) {
            bob.says("[48,1,{},'wamp.session." + procedure + "',[" + roles + "]]");
            assertThat(bob.hears()).startsWith("[8,48,1,{},\"wamp.error.invalid_argument\",[\"'filter_authroles'");
        }
        bob.isOpen();
    }

    @Test
    void aSessionIsDescribedAsOnJoinDescribesIt() {
        bob.says("[48,1,{},'wamp.session.get',[1001]]").hears("[50,1,{},[" + ALICE + "]]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"999", "1004", "9007199254740992"})
    void aSessionThatIsNotThereIsAnError(String id) {
        bob.says("[48,1,{},'wamp.session.get',[" + id + "]]")
                .hears("[8,48,1,{},'wamp.error.no_such_session',['there is no session " + id + "']]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ",[]",
                ",[null]",
                ",['1001']",
                ",[1001.0]",
                ",[0]",
                ",[-1]",
                ",[9007199254740993]",
                ",[1e400]",
                ",[123456789012345678901234567890]",
                ",[[1001]]",
                ",[true]",
                ",[],{'session':1001}"
            })
    void whatIsNoIdIsAnErrorAndTheSessionGoesOn(String arguments) {
        for (String procedure : new String[] {"get", "kill"}) {
            bob.says("[48,1,{},'wamp.session." + procedure + "'" + arguments + "]");
            assertThat(bob.hears())
                    .isEqualTo("[8,48,1,{},\"wamp.error.invalid_argument\","
                            + "[\"argument 1, 'session', must be an id\"]]");
        }
        alice.hearsNothing().isOpen();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.session.modify_details",
                "wamp.session",
                "wamp",
                "wamp.error.no_such_session",
                "wamp.session.Count"
            })
    void whatTheRouterDoesNotServeNobodyDoes(String procedure) {
        bob.says("[48,1,{},'" + procedure + "']")
                .hears("[8,48,1,{},'wamp.error.no_such_procedure',['the router has no such procedure']]");
    }

    @Test
    void aCallIdThatIsPendingMustNotBeUsedAgain() {
        alice.says("[64,1,{},'slow']").hears("[65,1,1]");
        bob.says("[48,1,{},'slow']").says("[48,2,{},'wamp.session.count']").hears("[50,2,{},[3]]");
        bob.says("[48,1,{},'wamp.session.count']").isAborted();
    }

    /** A second RESULT to one call would end the session of many a client. */
    @Test
    void aCallInPiecesIsRefusedOnceAndNothingIsDone() {
        Peer piecewise = router.joinWith("caller.progressive_call_invocations");
        piecewise
                .says("[48,1,{'progress':true},'wamp.session.count']")
                .says("[48,1,{'progress':true},'wamp.session.count']")
                .says("[48,1,{},'wamp.session.count']")
                .hearsRefusal(1, "wamp.error.feature_not_supported")
                .hearsNothing();
        piecewise.says("[48,1,{},'wamp.session.count']").hears("[50,1,{},[4]]");
        bob.says("[48,1,{'progress':true},'wamp.session.count']").isAborted();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'timeout':-1", "'timeout':'long'", "'receive_progress':1", "'disclose_me':'yes'"})
    void optionsOfACallMustBeRightHereToo(String option) {
        bob.says("[48,1,{" + option + "},'wamp.session.count']").hearsRefusal(1, "wamp.error.invalid_argument");
    }

    @Test
    void aPackedPayloadIsNotForTheRouter() {
        Peer packer = router.joinWith("caller.payload_passthru_mode");
        packer.says("[48,1,{'ppt_scheme':'x_mine'},'wamp.session.count',['packed']]")
                .hearsRefusal(1, "wamp.error.feature_not_supported");
        bob.says("[48,1,{'ppt_scheme':'x_mine'},'wamp.session.count',['packed']]")
                .isAborted();
    }

    @Test
    void whoJoinsIsToldOfAfterItsOwnWelcomeAndWhoLeavesWithThreeArguments() {
        alice.says("[32,1,{},'wamp.session.on_join']").hears("[33,1,1]");
        alice.says("[32,2,{},'wamp.session.on_leave']").hears("[33,2,2]");
        Peer dora = router.join("dora", "support");
        long id = dora.session().id().value();
        alice.hearsEvent(
                        1,
                        "{},[{'session':" + id + ",'authid':'dora','authrole':'support','authmethod':'ticket',"
                                + "'authprovider':'container','transport':{'protocol':'wamp.2.json'}}]")
                .hearsNothing();
        dora.hearsNothing().says("[6,{},'wamp.close.normal']").hears("[6,{},'wamp.close.goodbye_and_out']");
        alice.hearsEvent(2, "{},[" + id + ",'dora','support']").hearsNothing();
        dora.vanishes();
        alice.hearsNothing();
    }

    @Test
    void aWelcomeGoesOutBeforeAnybodyIsToldOfTheSession() {
        List<String> sent = new ArrayList<>();
        Session watcher = router.router().connect(noting(sent, "watcher"), JSON, Handshake.UNKNOWN);
        router.router().receive(watcher, new Frame.Text("[1,\"realm1\",{\"roles\":{\"subscriber\":{}}}]"));
        router.router().receive(watcher, new Frame.Text("[32,1,{},\"wamp.session.on_join\"]"));
        sent.clear();
        Session newcomer = router.router().connect(noting(sent, "newcomer"), JSON, Handshake.UNKNOWN);
        router.router().receive(newcomer, new Frame.Text("[1,\"realm1\",{\"roles\":{\"caller\":{}}}]"));
        assertThat(sent).containsExactly("newcomer [2", "watcher [36");
    }

    private static Transport noting(List<String> sent, String name) {
        return new Transport() {
            @Override
            public void send(List<Frame> frames, Completion whenDone) {
                frames.forEach(frame ->
                        sent.add(name + " " + ((Frame.Text) frame).text().split(",")[0]));
                whenDone.done(null);
            }

            @Override
            public void close(CloseReason reason) {}
        };
    }

    @Test
    void whoHearsOfANewcomerFindsIt() {
        alice.says("[32,1,{},'wamp.session.on_join']").hears("[33,1,1]");
        long id = router.join().session().id().value();
        assertThat(alice.hears()).contains(",{},[{\"session\":" + id + ",");
        alice.says("[48,2,{},'wamp.session.get',[" + id + "]]");
        assertThat(alice.hears()).startsWith("[50,2,{},[{\"session\":" + id + ",\"authid\":\"anonymous\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vanishes", "goodbye", "abort", "violation", "logout"})
    void aSessionsEndIsToldOnceHoweverItEnds(String how) {
        alice.says("[32,1,{},'wamp.session.on_leave']").hears("[33,1,1]");
        switch (how) {
            case "vanishes" -> bob.vanishes();
            case "goodbye" -> bob.says("[6,{},'wamp.close.normal']");
            case "abort" -> bob.says("[3,{},'app.reason']");
            case "violation" -> bob.says("[33,1,1]");
            default ->
                router.router()
                        .goodbye(
                                session -> session == bob.session(),
                                dev.carillon.protocol.CloseUri.LOGGED_OUT,
                                dev.carillon.session.CloseReason.POLICY_VIOLATION);
        }
        alice.hearsEvent(1, "{},[1002,'bob','sales']").hearsNothing();
        bob.vanishes();
        alice.hearsNothing();
        alice.says("[48,2,{},'wamp.session.list']").hears("[50,2,{},[[1001,1003]]]");
    }

    @Test
    void onlyWhoNamesTheRoutersTopicsHearsOfThem() {
        alice.says("[32,1,{'match':'prefix'},'wamp.session.']").hears("[33,1,1]");
        alice.says("[32,2,{'match':'wildcard'},'wamp..on_leave']").hears("[33,2,2]");
        bob.says("[32,1,{'match':'wildcard'},'..']").hears("[33,1,3]");
        bob.says("[32,2,{'match':'prefix'},'wam']").hears("[33,2,4]");
        carol.vanishes();
        alice.hearsEvent(1, "{'topic':'wamp.session.on_leave'},[1003,'carol','support']")
                .hearsEvent(2, "{'topic':'wamp.session.on_leave'},[1003,'carol','support']")
                .hearsNothing();
        bob.hearsNothing();
    }

    @Test
    void realmsDoNotKnowEachOthersSessions() {
        Peer dora = router.connect().join("realm2");
        alice.says("[32,1,{},'wamp.session.on_join']").hears("[33,1,1]");
        alice.says("[32,2,{},'wamp.session.on_leave']").hears("[33,2,2]");
        router.connect().join("realm2").vanishes();
        alice.hearsNothing();
        dora.says("[48,1,{},'wamp.session.list']").hears("[50,1,{},[[1004]]]");
        dora.says("[48,2,{},'wamp.session.get',[1001]]");
        assertThat(dora.hears()).contains("wamp.error.no_such_session");
        dora.says("[48,3,{},'wamp.session.kill',[1001]]");
        assertThat(dora.hears()).contains("wamp.error.no_such_session");
        dora.says("[48,4,{},'wamp.session.kill_all']").hears("[50,4,{},[0]]");
        alice.hearsNothing().isOpen();
    }

    @Test
    void theApplicationsOwnSessionIsNotOneOfThem() {
        alice.says("[32,1,{'match':'prefix'},'wamp.session.']").hears("[33,1,1]");
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM);
        alice.says("[48,2,{},'wamp.session.count']").hears("[50,2,{},[3]]");
        alice.says("[48,3,{},'wamp.session.list']").hears("[50,3,{},[[1001,1002,1003]]]");
        alice.says("[48,4,{},'wamp.session.list',[['application']]]").hears("[50,4,{},[[]]]");
        alice.says("[48,5,{},'wamp.session.get',[" + application.session().id().value() + "]]");
        assertThat(alice.hears()).contains("\"authid\":\"application\",\"authrole\":\"application\"");
        application.vanishes();
        alice.hearsNothing();
    }
}
