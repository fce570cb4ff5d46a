package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.UriPattern;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.DynamicAuthorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What handlers and authorizers are asked and told when rights have changed; {@code RightsChangedTest} has the rest. */
class HandlersAskedAgainTest {

    private static final String REVOKED = "[35,0,{'subscription':1,'reason':'wamp.error.not_authorized'}]";

    private final List<String> told = new ArrayList<>();
    private final Set<String> members = new HashSet<>(Set.of("alice", "bob"));
    private Runnable meanwhile = () -> {};
    private boolean fails;
    private final Topics topics = new Topics.Builder()
            .add(TestTopic.of("orders.{id}"), "Orders", new ForMembers())
            .add(TestTopic.of("orders.{id}.special"), "Special", new Special())
            .add(TestTopic.of("news"), "News", new BroadcastTopic() {})
            .build(
                    new Grants(List.of(Permission.parse("sales: subscribe prefix ops.")), List.of(this::forMembers)),
                    TestTopic.SURROUNDINGS);
    private final TestRouter router =
            TestRouter.with(RealmSettings.of(Authenticator::anybody, topics).with(topics));

    @Test
    void aHandlerIsAskedAgainAsForANewSubscriptionAndToldOfItsEndOnce() {
        Peer alice = join("alice").says("[32,1,{},'orders.17']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'orders.17']").hears("[33,1,1]");
        rightsChange();
        assertThat(told).containsExactlyInAnyOrder("alice asks", "bob asks", "alice asks", "bob asks");
        told.clear();
        members.remove("alice");
        rightsChange();
        assertThat(told).containsExactlyInAnyOrder("alice asks", "alice leaves", "bob asks");
        alice.hears(REVOKED);
        bob.hearsNothing();
        router.publish("orders.17", "[1]");
        alice.hearsNothing();
        bob.hearsEvent(1, "{},[1]");
    }

    @Test
    void aPatternIsAskedAboutAgainToo() {
        Peer alice = join("alice").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{'match':'prefix'},'orders.']").hears("[33,1,1]");
        members.remove("alice");
        rightsChange();
        alice.hears(REVOKED);
        bob.hearsNothing();
        assertThat(told).contains("alice leaves prefix orders.").doesNotContain("bob leaves prefix orders.");
    }

    @Test
    void whoMayNotSeeWhoIsThereAnyMoreIsToldNoMore() {
        Peer alice = join("alice").says("[32,1,{},'carillon.presence.orders.17']");
        Peer bob = join("bob").says("[32,1,{},'carillon.presence.orders.17']");
        assertThat(alice.hearsAll()).first().asString().startsWith("[33,1,");
        assertThat(bob.hearsAll()).first().asString().startsWith("[33,1,");
        members.remove("alice");
        rightsChange();
        assertThat(alice.hears()).startsWith("[35,0,");
        bob.hearsNothing();
        members.add("carol");
        join("carol").says("[32,1,{},'orders.17']");
        alice.hearsNothing();
        assertThat(bob.hearsAll()).hasSize(1);
    }

    @Test
    void aDynamicAuthorizerThatGrantsNoLongerTakesAway() {
        Peer alice = join("alice")
                .says("[32,1,{},'members.lounge']")
                .hears("[33,1,1]")
                .says("[64,2,{},'members.greet']")
                .hears("[65,2,1]");
        Peer bob = join("bob").says("[32,1,{},'members.lounge']").hears("[33,1,1]");
        members.remove("alice");
        rightsChange();
        alice.hears(REVOKED).hears("[67,0,{'registration':1,'reason':'wamp.error.not_authorized'}]");
        bob.hearsNothing();
    }

    @Test
    void whatIsOpenToAllOrGrantedByConfigurationStays() {
        Peer alice = join("alice")
                .says("[32,1,{},'news']")
                .hears("[33,1,1]")
                .says("[32,2,{'match':'prefix'},'ops.']")
                .hears("[33,2,2]");
        members.remove("alice");
        rightsChange();
        alice.hearsNothing();
    }

    @Test
    void theApplicationsOwnSessionsKeepWhatTheyHave() {
        members.clear();
        Peer application = router.connect(Handshake.APPLICATION)
                .join(TestRouter.REALM, "subscriber.subscription_revocation")
                .says("[32,1,{},'orders.17']")
                .hears("[33,1,1]");
        rightsChange();
        router.publish("orders.17", "[1]");
        application.hearsEvent(1, "{},[1]");
        assertThat(told).isEmpty();
    }

    @Test
    void aRightThatIsLostWhileTheHandlerAnswersMakesNoSubscriptionAndTheHandlerIsToldOfItsEnd() {
        meanwhile = () -> {
            members.remove("alice");
            rightsChange();
        };
        Peer alice = join("alice").says("[32,1,{},'orders.17']");
        assertThat(alice.hears()).contains("wamp.error.not_authorized");
        assertThat(told).containsExactly("alice asks", "alice asks", "alice leaves");
        router.publish("orders.17", "[1]");
        alice.hearsNothing();
    }

    @Test
    void whoIsNotDecidedAboutKeepsAPatternAndNoHandlerIsToldOfAnEnd() {
        Peer alice = join("alice").says("[32,1,{'match':'prefix'},'']");
        assertThat(alice.hears()).contains("not_authorized");
        alice.says("[32,2,{'match':'prefix'},'orders.']").hears("[33,2,1]");
        told.clear();
        fails = true;
        rightsChange();
        alice.says("[32,3,{'match':'prefix'},'orders.']");
        assertThat(alice.hears()).contains("authorization_failed");
        assertThat(told).isEmpty();
        router.publish("orders.17", "[1]");
        assertThat(alice.hears()).startsWith("[36,1,");
        fails = false;
        members.remove("alice");
        rightsChange();
        alice.hears(REVOKED);
        assertThat(told).containsExactly("alice leaves prefix orders.", "special: alice leaves");
    }

    private void rightsChange() {
        router.router().recheck(session -> true);
    }

    private DynamicAuthorizer.Decision forMembers(Authorizer.Request request) {
        return request.uri().value().startsWith("members.")
                        && members.contains(request.who().authid())
                ? DynamicAuthorizer.Decision.GRANT
                : DynamicAuthorizer.Decision.ABSTAIN;
    }

    private Peer join(String user) {
        Identity identity = new Identity(user, "sales", Set.of("sales"), "ticket", "container");
        return router.connect(new Handshake(null, null, identity))
                .join(TestRouter.REALM, "subscriber.subscription_revocation", "callee.registration_revocation");
    }

    /** Asked behind the other. */
    private final class Special implements TopicHandler {

        @Override
        public void onSubscribe(Subscriber who, UriPattern topics) {
            if (fails) {
                throw new IllegalStateException("the database is down");
            }
        }

        @Override
        public void onUnsubscribe(Subscriber who, UriPattern topics) {
            told.add("special: " + who.name() + " leaves");
        }
    }

    private final class ForMembers implements TopicHandler {

        @Override
        public void onSubscribe(Subscriber who, TopicRequest request) {
            told.add(who.name() + " asks");
            requireMember(who);
            Runnable now = meanwhile;
            meanwhile = () -> {};
            now.run();
        }

        @Override
        public void onSubscribe(Subscriber who, UriPattern topics) {
            requireMember(who);
        }

        @Override
        public void onUnsubscribe(Subscriber who, TopicRequest request) {
            told.add(who.name() + " leaves");
        }

        @Override
        public void onUnsubscribe(Subscriber who, UriPattern topics) {
            told.add(who.name() + " leaves " + topics.policy().wireName() + " " + topics.uri());
        }

        @Override
        public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
            return members.contains(who.name());
        }

        private void requireMember(Subscriber who) {
            if (!members.contains(who.name())) {
                throw new Denied("members only");
            }
        }
    }
}
