package dev.carillon.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import dev.carillon.session.CloseReason;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From HELLO to GOODBYE. Basic Profile, "Session Establishment" and "Session Closing". */
class SessionTest {

    private final TestRouter router = TestRouter.open();

    @Test
    void aHelloIsWelcomedWithIdentityRealmAndTheFeaturesOfBothRoles() {
        Peer peer = router.connect()
                .says("[1,'realm1',{'roles':{'subscriber':{}}}]")
                .isOpen();
        assertThat(peer.hears().replace('"', '\''))
                .startsWith("[2,1001,{'agent':'Carillon','realm':'realm1','authid':'anonymous','authrole':'anonymous',"
                        + "'authmethod':'anonymous','authprovider':'static','roles':{'broker':{'features':{")
                .contains(
                        "}},'dealer':{'features':{'call_canceling':true,'call_timeout':true,",
                        "'publisher_exclusion':true")
                .endsWith("}}}}]")
                .doesNotContain("false", "null");
    }

    @Test
    void unknownRolesDetailsAndFeaturesAreIgnored() {
        router.connect()
                .says("[1,'realm1',{'roles':{'juggler':{'features':{'five_balls':true}}},'x':[1],'authid':'me'}]")
                .hears();
    }

    @Test
    void anUnknownRealmIsRefused() {
        Peer peer = router.connect().says("[1,'nowhere',{'roles':{'caller':{}}}]");
        assertThat(peer.hears()).endsWith(",\"wamp.error.no_such_realm\"]");
        peer.isClosedWith(1000);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,'a..b',{'roles':{'caller':{}}}]",
                "[1,'',{'roles':{'caller':{}}}]",
                "[1,'realm1',{}]",
                "[1,'realm1',{'roles':{}}]",
                "[1,'realm1',{'roles':[]}]",
                "[1,'realm1']",
                "[1,17,{'roles':{'caller':{}}}]",
                "[32,1,{},'a.b']",
                "[5,'signature',{}]",
                "[2,1,{}]",
            })
    void whatIsNotALegalHelloEndsTheConnection(String message) {
        router.connect().says(message).isAborted();
    }

    @Test
    void whoInsistsOnAMethodThatIsNotOfferedIsRefused() {
        Peer peer = router.connect().says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket']}]");
        assertThat(peer.hears()).endsWith(",\"wamp.error.no_matching_auth_method\"]");
        peer.isClosedWith(1008);
        for (String offered : new String[] {"['x','anonymous']", "[]"}) {
            router.connect()
                    .says("[1,'realm1',{'roles':{'caller':{}},'authmethods':" + offered + "}]")
                    .hears();
        }
    }

    @Test
    void aSecondHelloEndsTheSession() {
        router.join().says("[1,'realm1',{'roles':{'caller':{}}}]").isAborted();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[2,1,{}]",
                "[4,'ticket',{}]",
                "[5,'signature',{}]",
                "[8,32,1,{},'a.b']",
                "[17,1,1]",
                "[33,1,1]",
                "[35,1]",
                "[36,1,1,{}]"
            })
    void whatAClientNeverSendsEndsTheSession(String message) {
        router.join().says(message).isAborted();
    }

    @Test
    void anAbortOfTheClientBeforeWelcomeIsTakenSilently() {
        router.connect()
                .says("[3,{},'wamp.error.cannot_authenticate']")
                .hearsNothing()
                .isClosedWith(1000);
    }

    @Test
    void anAbortOfTheClientEndsItsSessionWithoutAnAnswer() {
        Peer alice = router.join().says("[32,1,{},'a.b']").hears("[33,1,1]");
        alice.says("[3,{},'wamp.error.protocol_violation']").hearsNothing().isClosedWith(1000);
        router.publish("a.b", "[1]");
        alice.hearsNothing();
        assertThat(router.metrics().sessionsLeft()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wamp.close.normal", "wamp.error.goodbye_and_out", "wamp.error.close_realm", "x"})
    void aGoodbyeIsAnsweredWhateverItsReasonAndTheConnectionCloses(String reason) {
        router.join()
                .says("[6,{},'" + reason + "']")
                .hears("[6,{},'wamp.close.goodbye_and_out']")
                .isClosedWith(1000);
    }

    @Test
    void afterAGoodbyeNothingArrivesAnyMore() {
        Peer alice = router.join().says("[32,1,{},'a.b']").hears("[33,1,1]");
        alice.says("[6,{},'wamp.close.normal']").hears("[6,{},'wamp.close.goodbye_and_out']");
        router.publish("a.b", "[1]");
        alice.says("[32,2,{},'a.c']").hearsNothing();
    }

    @Test
    void whoVanishesIsForgotten() {
        Peer alice = router.join().says("[32,1,{},'a.b']").hears("[33,1,1]");
        alice.vanishes();
        router.publish("a.b", "[1]");
        alice.hearsNothing();
        assertThat(router.metrics().events()).isZero();
        assertThat(router.metrics().sessionsLeft()).isEqualTo(1);
    }

    @Test
    void theRoutersGoodbyeWaitsForTheClientsAndHearsNothingElse() {
        Peer alice = router.join().says("[32,1,{},'a.b']").hears("[33,1,1]");
        router.router().goodbye(session -> true, CloseUri.LOGGED_OUT, CloseReason.POLICY_VIOLATION);
        alice.hears("[6,{},'carillon.close.logged_out']").isOpen();
        router.publish("a.b", "[1]");
        alice.says("[32,2,{},'a.c']").hearsNothing().isOpen();
        alice.says("[6,{},'wamp.close.goodbye_and_out']").hearsNothing().isClosedWith(1008);
    }

    @Test
    void goodbyesThatCrossAreNotAnsweredAgain() {
        Peer alice = router.join();
        router.router().goodbye(session -> true, CloseUri.LOGGED_OUT, CloseReason.POLICY_VIOLATION);
        alice.says("[6,{},'wamp.close.normal']")
                .hears("[6,{},'carillon.close.logged_out']")
                .hearsNothing();
    }

    @Test
    void aRouterThatClosesSaysGoodbyeToAllAndLetsNobodyIn() {
        Peer alice = router.join();
        Peer bob = router.connect().join("realm2");
        Peer late = router.connect();
        router.router().close();
        alice.hears("[6,{},'wamp.close.system_shutdown']")
                .says("[6,{},'wamp.close.goodbye_and_out']")
                .isClosedWith(1001);
        bob.hears("[6,{},'wamp.close.system_shutdown']");
        late.says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(late.hears()).startsWith("[3,").endsWith("\"wamp.close.system_shutdown\"]");
    }

    @Test
    void aChallengeIsAnsweredAndTheIdentityIsTheOneThatWasProved() {
        Peer alice = challenging().connect();
        alice.says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket'],'authid':'alice'}]")
                .hears("[4,'ticket',{}]")
                .says("[5,'sesame',{}]");
        assertThat(alice.hears()).contains("\"authid\":\"alice\"", "\"authrole\":\"sales\"");
    }

    @Test
    void aWrongAnswerToAChallengeIsDenied() {
        Peer mallory = challenging().connect();
        mallory.says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket'],'authid':'alice'}]")
                .hears("[4,'ticket',{}]")
                .says("[5,'simsalabim',{}]")
                .hears("[3,{'message':'no'},'wamp.error.authentication_denied']")
                .isClosedWith(1008);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1,'realm1',{'roles':{'caller':{}}}]", "[32,1,{},'a.b']", "[6,{},'wamp.close.normal']"})
    void whileAChallengeIsPendingOnlyItsAnswerCounts(String message) {
        challenging()
                .connect()
                .says("[1,'realm1',{'roles':{'caller':{}},'authmethods':['ticket']}]")
                .hears("[4,'ticket',{}]")
                .says(message)
                .isAborted();
    }

    @Test
    void anAuthenticatorThatFailsEndsTheConnectionAndTellsNothing() {
        Peer peer = TestRouter.with(
                        (hello, handshake) -> {
                            throw new IllegalStateException("the password is swordfish");
                        },
                        Authorizer.OPEN)
                .connect()
                .says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(peer.hears()).contains("carillon.error.internal").doesNotContain("swordfish");
        peer.isClosedWith(1011);
    }

    @Test
    void aPeerThatSpeaksBinaryOnJsonIsAborted() {
        router.connect().saysBinary(new byte[] {1, 2, 3}).isAborted();
    }

    private static TestRouter challenging() {
        Identity alice = new Identity("alice", "sales", Set.of("sales"), "ticket", "test");
        return TestRouter.with(
                (hello, handshake) -> new Authenticator.Challenged(
                        "ticket",
                        dev.carillon.protocol.Dict.EMPTY,
                        answer -> answer.signature().equals("sesame")
                                ? new Authenticator.Admitted(alice)
                                : new Authenticator.Refused(ErrorUri.AUTHENTICATION_DENIED, "no")),
                Authorizer.OPEN);
    }
}
