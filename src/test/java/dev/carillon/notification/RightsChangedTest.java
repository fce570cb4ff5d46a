package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/**
 * Whoever has lost a right loses what came of it. Without a transaction; {@code RevocationIT} has the others. Advanced
 * Profile, "Subscription Revocation" and "Registration Revocation".
 */
class RightsChangedTest {

    private static final String REVOKED = "[35,0,{'subscription':1,'reason':'wamp.error.not_authorized'}]";

    private final Rights rights = new Rights();
    private final TestRouter router = TestRouter.with(RealmSettings.of(Authenticator::anybody, rights));
    private final NotificationRelay relay = new NotificationRelay(router.router(), TestRouter.REALM, 0, Runnable::run);

    // --- Subscriptions ---------------------------------------------------------------------------------------------

    @Test
    void aSubscriptionEndsWithItsRight() {
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        relay.fired(RightsChanged.of("alice"));
        alice.hears(REVOKED);
        router.publish("orders", "[17]");
        alice.hearsNothing().isOpen();
        assertThat(alice.says("[34,2,1]").hears()).contains("wamp.error.no_such_subscription");
        assertThat(alice.says("[32,3,{},'orders']").hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void aSubscriptionStaysWhoseRightIsLeft() {
        Peer alice = join("alice")
                .says("[32,1,{},'orders']")
                .hears("[33,1,1]")
                .says("[32,2,{},'news']")
                .hears("[33,2,2]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        relay.fired(RightsChanged.of("alice"));
        alice.hears(REVOKED).hearsNothing();
        router.publish("news", "[1]");
        alice.hearsEvent(2, "{},[1]");
    }

    @Test
    void nothingIsAskedUntilSomebodySaysThatRightsHaveChanged() {
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        router.publish("orders", "[17]");
        alice.hearsEvent(1, "{},[17]").hearsNothing();
    }

    @Test
    void whoHasNotAnnouncedThatItUnderstandsHearsNothingAnyMoreAndIsNotTold() {
        Peer simple = router.join("alice", "sales").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        relay.fired(RightsChanged.of("alice"));
        router.publish("orders", "[17]");
        simple.hearsNothing().isOpen();
    }

    @Test
    void onlyTheNamedUserIsAskedAboutButInAllSessionsAndRealms() {
        Peer one = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer other = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer elsewhere = join("realm2", "alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        rights.lost.add("bob SUBSCRIBE exact orders");
        relay.fired(RightsChanged.of("alice"));
        one.hears(REVOKED);
        other.hears(REVOKED);
        elsewhere.hears(REVOKED);
        router.publish("orders", "[17]");
        bob.hearsEvent(1, "{},[17]").hearsNothing();
    }

    @Test
    void everybodyMayBeAskedAbout() {
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer carol = join("carol").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        rights.lost.add("carol SUBSCRIBE exact orders");
        relay.fired(RightsChanged.ofEverybody());
        alice.hears(REVOKED);
        carol.hears(REVOKED);
        router.publish("orders", "[17]");
        bob.hearsEvent(1, "{},[17]");
    }

    // --- Patterns --------------------------------------------------------------------------------------------------

    @Test
    void aPatternSubscriptionEndsWithItsRight() {
        Peer alice = join("alice").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE prefix orders.");
        relay.fired(RightsChanged.ofEverybody());
        alice.hears(REVOKED);
        router.publish("orders.17", "[1]");
        alice.hearsNothing();
        bob.hearsEvent(1, "{'topic':'orders.17'},[1]").hearsNothing();
    }

    @Test
    void aPatternSubscriptionEndsIfItShowedMoreThanItMayNow() {
        rights.showing.add("alice");
        rights.showing.add("bob");
        Peer alice = join("alice").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        Peer carol = join("carol").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]"); // saw no more before
        rights.showing.remove("alice");
        relay.fired(RightsChanged.ofEverybody());
        alice.hears(REVOKED);
        bob.hearsNothing();
        carol.hearsNothing();
        assertThat(alice.says("[32,2,{'match':'prefix'},'orders.']").hears())
                .as("a subscription that shows what is left")
                .startsWith("[33,2,");
    }

    // --- Registrations ---------------------------------------------------------------------------------------------

    @Test
    void aRegistrationEndsWithItsRight() {
        Peer alice = join("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        Peer bob = join("bob").says("[64,1,{},'subtract']").hears("[65,1,2]");
        rights.lost.add("alice REGISTER exact add");
        relay.fired(RightsChanged.ofEverybody());
        alice.hears("[67,0,{'registration':1,'reason':'wamp.error.not_authorized'}]");
        bob.says("[48,2,{},'add']").hearsRefusal(2, "wamp.error.no_such_procedure");
        bob.says("[48,3,{},'subtract']").hears("[68,1,2,{}]");
    }

    @Test
    void whatIsCalledAlreadyIsStillAnswered() {
        Peer alice = join("alice").says("[64,1,{},'add']").hears("[65,1,1]");
        Peer bob = join("bob").says("[48,1,{},'add']");
        rights.lost.add("alice REGISTER exact add");
        relay.fired(RightsChanged.of("alice"));
        alice.hears("[68,1,1,{}]");
        assertThat(alice.hears()).startsWith("[67,0,");
        alice.says("[70,1,{},[5]]");
        bob.hears("[50,1,{},[5]]");
    }

    @Test
    void whoHasNotAnnouncedItLosesTheRegistrationInSilence() {
        Peer simple = router.join("alice", "sales").says("[64,1,{},'add']").hears("[65,1,1]");
        rights.lost.add("alice REGISTER exact add");
        relay.fired(RightsChanged.of("alice"));
        simple.hearsNothing();
        join("bob").says("[48,1,{},'add']").hearsRefusal(1, "wamp.error.no_such_procedure");
    }

    // --- What cannot be decided, and what happens meanwhile --------------------------------------------------------

    @Test
    void whatCannotBeDecidedIsLeftAndDoesNotSaveTheRest() {
        rights.showing.add("alice");
        Peer alice = join("alice")
                .says("[32,1,{},'orders']")
                .hears("[33,1,1]")
                .says("[32,2,{'match':'prefix'},'news.']")
                .hears("[33,2,2]")
                .says("[64,3,{},'add']")
                .hears("[65,3,1]")
                .says("[32,4,{},'chat']")
                .hears("[33,4,3]");
        Peer bob = join("bob").says("[32,1,{},'chat']").hears("[33,1,3]");
        rights.failing.addAll(
                Set.of("alice SUBSCRIBE exact orders", "alice SUBSCRIBE prefix news.", "alice REGISTER exact add"));
        rights.lost.add("alice SUBSCRIBE exact chat");
        rights.lost.add("bob SUBSCRIBE exact chat");
        relay.fired(RightsChanged.ofEverybody());
        alice.hears("[35,0,{'subscription':3,'reason':'wamp.error.not_authorized'}]")
                .hearsNothing();
        bob.hears("[35,0,{'subscription':3,'reason':'wamp.error.not_authorized'}]");
        router.publish("orders", "[17]");
        alice.hearsEvent(1, "{},[17]");
    }

    @Test
    void whetherUndeclaredTopicsAreShownMayBeUndecidableToo() {
        rights.showing.add("alice");
        Peer alice = join("alice").says("[32,1,{'match':'prefix'},'news.']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'chat']").hears("[33,1,2]");
        rights.failing.add("alice SHOW prefix news.");
        rights.lost.add("bob SUBSCRIBE exact chat");
        relay.fired(RightsChanged.ofEverybody());
        alice.hearsNothing();
        bob.hears("[35,0,{'subscription':2,'reason':'wamp.error.not_authorized'}]");
    }

    @Test
    void whatWasFiredBeforeReachesWhoHadTheRightThenAndWhatWasFiredLaterDoesNot() {
        Queue<Runnable> threads = new ArrayDeque<>();
        NotificationRelay later = new NotificationRelay(router.router(), TestRouter.REALM, 0, threads::add);
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        later.fired(Notification.to("orders"));
        rights.lost.add("alice SUBSCRIBE exact orders");
        later.fired(RightsChanged.of("alice"));
        later.fired(Notification.to("orders"));
        alice.hearsNothing();
        threads.remove().run();
        alice.hearsEvent(1, "{}").hears(REVOKED).hearsNothing();
    }

    @Test
    void aRightThatIsLostBetweenTheAnswerAndTheSubscriptionIsAskedAboutAgain() {
        Peer alice = join("alice");
        rights.once = () -> {
            rights.lost.add("alice SUBSCRIBE exact orders");
            relay.fired(RightsChanged.of("alice"));
        };
        assertThat(alice.says("[32,1,{},'orders']").hears()).contains("wamp.error.not_authorized");
        router.publish("orders", "[17]");
        alice.hearsNothing();
    }

    @Test
    void aRightThatIsLostBetweenTheAnswerAndTheRegistrationIsAskedAboutAgain() {
        Peer alice = join("alice");
        rights.once = () -> {
            rights.lost.add("alice REGISTER exact add");
            relay.fired(RightsChanged.of("alice"));
        };
        assertThat(alice.says("[64,1,{},'add']").hears()).contains("wamp.error.not_authorized");
        join("bob").says("[48,1,{},'add']").hearsRefusal(1, "wamp.error.no_such_procedure");
    }

    @Test
    void rightsOfOthersThatChangeInBetweenDoNotMatter() {
        Peer alice = join("alice");
        rights.once = () -> relay.fired(RightsChanged.of("bob"));
        alice.says("[32,1,{},'orders']").hears("[33,1,1]").hearsNothing();
    }

    @Test
    void whoLeavesWhileItIsAskedIsGone() {
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        rights.lost.add("bob SUBSCRIBE exact orders");
        rights.once = alice::vanishes;
        relay.fired(RightsChanged.ofEverybody());
        alice.hearsNothing();
        bob.hears(REVOKED);
    }

    @Test
    void whoFiresWhileTheApplicationStopsIsNotHarmed() {
        NotificationRelay stopping = new NotificationRelay(router.router(), TestRouter.REALM, 0, task -> {
            throw new RejectedExecutionException();
        });
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        stopping.fired(RightsChanged.of("alice"));
        stopping.firedAsync(RightsChanged.ofEverybody());
        alice.hearsNothing();
    }

    @Test
    void firedAsyncWithoutATransactionCountsAtOnce() {
        Peer alice = join("alice").says("[32,1,{},'orders']").hears("[33,1,1]");
        rights.lost.add("alice SUBSCRIBE exact orders");
        relay.firedAsync(RightsChanged.of("alice"));
        alice.hears(REVOKED);
    }

    private Peer join(String user) {
        return join(TestRouter.REALM, user);
    }

    private Peer join(String realm, String user) {
        Identity identity = new Identity(user, "sales", Set.of("sales"), "ticket", "container");
        return router.connect(new Handshake(null, null, identity))
                .join(realm, "subscriber.subscription_revocation", "callee.registration_revocation");
    }

    /** Everybody may do everything but what was lost; what fails cannot be decided. */
    private static final class Rights implements Authorizer {

        private final Set<String> lost = new HashSet<>();
        private final Set<String> failing = new HashSet<>();
        private final Set<String> showing = new HashSet<>();
        private Runnable once = () -> {};

        @Override
        public void authorize(Request request) {
            String asked = asked(request, request.action().name());
            boolean refused = lost.contains(asked);
            Runnable meanwhile = once;
            once = () -> {};
            meanwhile.run();
            if (refused) {
                throw new WampError(ErrorUri.NOT_AUTHORIZED, "not any more");
            }
        }

        @Override
        public boolean showsUndeclared(Request request) {
            asked(request, "SHOW");
            return request.uris().policy() != MatchPolicy.EXACT
                    && showing.contains(request.who().authid());
        }

        private String asked(Request request, String what) {
            String asked = request.who().authid() + " " + what + " "
                    + request.uris().policy().wireName() + " " + request.uri();
            if (failing.contains(asked)) {
                throw new IllegalStateException("the database of rights does not answer");
            }
            return asked;
        }
    }
}
