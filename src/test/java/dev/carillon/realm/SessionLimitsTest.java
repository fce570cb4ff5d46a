package dev.carillon.realm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.metrics.Sample;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.session.SessionLimits;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one session may have, what it hears beyond that, and for whom that does not count. */
class SessionLimitsTest {

    private static final Identity BACKEND =
            new Identity("billing", "backend", Set.of(Identity.BACKEND), "ticket", "secret");

    private final TestRouter router = TestRouter.with(new SessionLimits(2, 2, 2, 2, 3, 32));

    @Test
    void aSubscriptionTooManyIsRefusedAndOneThatEndsMakesRoom() {
        Peer alice = router.join();
        alice.says("[32,1,{},'a']").hears("[33,1,1]").says("[32,2,{},'b']").hears("[33,2,2]");
        alice.says("[32,3,{},'a']").hears("[33,3,1]"); // it has this one
        alice.says("[32,4,{},'c']")
                .hears("[8,32,4,{},'carillon.error.too_many_subscriptions',['this session has 2 subscriptions, and may"
                        + " have no more; end some, or use a pattern']]")
                .isOpen();
        router.join().says("[32,1,{},'c']").hears("[33,1,3]"); // another session has its own
        alice.says("[34,5,1]").hears("[35,5]").says("[32,6,{},'c']").hears("[33,6,3]");
        assertThat(refused("too_many_subscriptions")).isEqualTo(1);
    }

    @Test
    void aRegistrationTooManyIsRefusedAndOneThatEndsMakesRoom() {
        Peer alice = router.join();
        alice.says("[64,1,{},'a']").hears("[65,1,1]").says("[64,2,{},'b']").hears("[65,2,2]");
        alice.says("[64,3,{},'c']")
                .hears("[8,64,3,{},'carillon.error.too_many_registrations',['this session serves 2 procedures, and may"
                        + " serve no more; end some, or use a pattern']]")
                .isOpen();
        router.join().says("[64,1,{},'c']").hears("[65,1,3]");
        alice.says("[66,4,1]").hears("[67,4]").says("[64,5,{},'d']").hears("[65,5,4]");
        assertThat(refused("too_many_registrations")).isEqualTo(1);
    }

    @Test
    void aCallTooManyIsRefusedAndAnAnswerMakesRoom() {
        Peer callee = router.join().says("[64,1,{},'add']").hears("[65,1,1]");
        Peer alice = router.join();
        alice.says("[48,1,{},'add']").says("[48,2,{},'add']").says("[48,3,{},'add']");
        alice.hears("[8,48,3,{},'carillon.error.too_many_calls',['2 calls of this session are not answered yet; wait"
                        + " for some of them']]")
                .isOpen();
        callee.hears("[68,1,1,{}]").hears("[68,2,1,{}]").hearsNothing();
        callee.says("[70,1,{}]");
        alice.hears("[50,1,{}]").says("[48,4,{},'add']");
        callee.hears("[68,3,1,{}]");
        assertThat(refused("too_many_calls")).isEqualTo(1);
    }

    @Test
    void aBusyCalleeIsSparedAndAnotherOneTakesTheCall() {
        Peer busy = router.join().says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        Peer idle = router.join().says("[64,1,{'invoke':'first'},'add']").hears("[65,1,1]");
        for (int i = 0; i < 3; i++) {
            router.join().says("[48,1,{},'add']").says("[48,2,{},'add']");
        }
        assertThat(busy.hearsAll()).hasSize(3);
        assertThat(idle.hearsAll()).hasSize(3);
        Peer late = router.join().says("[48,1,{},'add']");
        late.hears("[8,48,1,{},'carillon.error.callee_busy',['too many calls wait for who serves this procedure; try"
                        + " again later']]")
                .isOpen();
        busy.isOpen().says("[70,2,{}]");
        late.says("[48,2,{},'add']");
        busy.hears("[68,4,1,{}]");
        assertThat(refused("callee_busy")).isEqualTo(1);
    }

    @Test
    void calleesThatTakeTurnsSkipTheBusyOne() {
        Peer one = router.join().says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        Peer two = router.join().says("[64,1,{'invoke':'roundrobin'},'add']").hears("[65,1,1]");
        for (int i = 1; i <= 3; i++) {
            router.join().says("[48,1,{},'add']").says("[48,2,{},'add']");
            two.says("[70," + i + ",{}]"); // the other does not answer
        }
        assertThat(one.hearsAll()).hasSize(3);
        assertThat(two.hearsAll()).hasSize(3);
        router.join().says("[48,1,{},'add']").says("[48,2,{},'add']");
        one.hearsNothing();
        assertThat(two.hearsAll()).hasSize(2);
    }

    @Test
    void aUriThatIsTooLongIsRefused() {
        Peer alice = router.join();
        String longest = "u".repeat(32);
        alice.says("[32,1,{},'" + longest + "']").hears("[33,1,1]");
        String error = ",{},'wamp.error.invalid_uri',['this URI has 33 characters; 32 are allowed']]";
        alice.says("[32,2,{},'" + longest + "u']").hears("[8,32,2" + error);
        alice.says("[32,3,{'match':'prefix'},'" + longest + "u']").hears("[8,32,3" + error);
        alice.says("[16,4,{'acknowledge':true},'" + longest + "u']").hears("[8,16,4" + error);
        alice.says("[48,5,{},'" + longest + "u']").hears("[8,48,5" + error);
        alice.says("[64,6,{},'" + longest + "u']").hears("[8,64,6" + error).isOpen();
        assertThatThrownBy(() -> router.router().publish(TestRouter.REALM, new Uri(longest + "u"), Payload.NONE, false))
                .isInstanceOf(WampError.class);
    }

    @Test
    void aSessionTooManyOfAUserIsAbortedAndOneThatEndsMakesRoom() {
        Peer first = router.join("alice", "sales");
        router.join("alice", "sales");
        Peer third = connect(user("alice"));
        third.hears("[3,{'message':'this user has 2 sessions, and may have no more; close some tabs or programs'},"
                        + "'carillon.error.too_many_sessions']")
                .isClosedWith(1013);
        router.join("bob", "sales");
        first.vanishes();
        router.join("alice", "sales").isOpen();
        assertThat(refused("too_many_sessions")).isEqualTo(1);
    }

    @Test
    void visitorsAreNobodyAndAreNotCounted() {
        for (int i = 0; i < 5; i++) {
            router.join().isOpen();
        }
    }

    @Test
    void theApplicationAndItsBackEndsHaveAsMuchAsTheyLike() {
        for (Identity trusted : new Identity[] {BACKEND, Identity.APPLICATION}) {
            for (int session = 0; session < 3; session++) {
                Peer peer = connect(trusted);
                assertThat(peer.hears()).startsWith("[2,");
                for (int i = 1; i <= 5; i++) {
                    String own = trusted.authid() + session + "." + i;
                    assertThat(peer.says("[32," + i + ",{},'" + own + "']").hears())
                            .startsWith("[33,");
                    assertThat(peer.says("[64," + (10 + i) + ",{},'" + own + "']")
                                    .hears())
                            .startsWith("[65,");
                    peer.says("[48," + (20 + i) + ",{},'" + own + "']");
                    assertThat(peer.hears()).startsWith("[68,").contains("]");
                    peer.says("[70," + i + ",{}]").hears("[50," + (20 + i) + ",{}]");
                }
            }
        }
    }

    @Test
    void tooManyCallsWaitForTheApplicationAsForAnybody() {
        Peer application = connect(Identity.APPLICATION);
        assertThat(application.hears()).startsWith("[2,");
        application.says("[64,1,{},'add']").hears("[65,1,1]");
        Peer backend = connect(BACKEND);
        assertThat(backend.hears()).startsWith("[2,");
        for (int i = 1; i <= 4; i++) {
            backend.says("[48," + i + ",{},'add']");
        }
        backend.hearsRefusal(4, "carillon.error.callee_busy");
        assertThat(application.hearsAll()).hasSize(3);
    }

    @Test
    void zeroIsAnyNumber() {
        Peer alice = TestRouter.with(new SessionLimits(0, 0, 0, 0, 0, 1024)).join();
        for (int i = 1; i <= 5000; i++) {
            alice.says("[32," + i + ",{},'t" + i + "']").hears("[33," + i + "," + i + "]");
        }
    }

    @Test
    void whoOpensSessionsTooFastIsAbortedAndATrustedOneIsNot() {
        TestRouter quick = TestRouter.withJoinsPerSecond(2);
        for (int i = 0; i < 4; i++) {
            quick.join().isOpen();
        }
        assertThat(quick.router().joins().isExhausted()).isTrue();
        quick.connect()
                .says("[1,'realm1',{'roles':{'caller':{}}}]")
                .hears("[3,{'message':'too many sessions are being opened in this moment; try again in some seconds'},"
                        + "'carillon.error.too_many_joins']")
                .isClosedWith(1013);
        quick.connect(new Handshake(null, null, BACKEND)).join(TestRouter.REALM).isOpen();
        quick.moveClock(Duration.ofMillis(500));
        assertThat(quick.router().joins().isExhausted()).isFalse();
        quick.join().isOpen();
        assertThat(quick.router().joins().isExhausted()).isTrue();
    }

    @Test
    void aUriMayNotBeForbiddenAltogether() {
        assertThatThrownBy(() -> new SessionLimits(0, 0, 0, 0, 0, 31))
                .hasMessage("limits.uri-length is 31; it must be 32 or more");
    }

    private Peer connect(Identity identity) {
        return router.connect(new Handshake(null, null, identity)).says("[1,'realm1',{'roles':{'caller':{}}}]");
    }

    private static Identity user(String name) {
        return new Identity(name, "sales", Set.of("sales"), "ticket", "container");
    }

    private double refused(String reason) {
        return router.router().metrics().samples().stream()
                .filter(sample -> sample.name().equals("carillon.refused")
                        && sample.labels().equals(Map.of("reason", reason)))
                .mapToDouble(Sample::value)
                .sum();
    }
}
