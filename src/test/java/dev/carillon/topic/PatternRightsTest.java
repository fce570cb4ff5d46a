package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.matching.UriPattern;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.DynamicAuthorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may subscribe to patterns, and what of it is seen: never what a subscription to the topic would be denied. */
class PatternRightsTest {

    private final List<String> told = new ArrayList<>();
    private final Topics.Builder declarations = new Topics.Builder();
    private Grants grants = Grants.NONE;
    private TestRouter router;

    @ParameterizedTest
    @CsvSource({
        "prefix, orders.",
        "prefix, ord",
        "prefix, ''",
        "prefix, orders.17",
        "wildcard, orders.",
        "wildcard, .17",
        "wildcard, ."
    })
    void aHandlerThatDoesNotOptInRefuses(String match, String pattern) {
        declare("orders.{id}", new TopicHandler() {});
        assertThat(subscribe(join("alice"), match, pattern).hears())
                .isEqualTo("[8,32,1,{},\"wamp.error.not_authorized\","
                        + "[\"a pattern subscription is not offered for these topics\"]]");
    }

    @Test
    void aHandlerThatOptsInIsAskedAboutThePatternAndToldOfItsEnd() {
        declare("orders.{id}", optingIn("orders"));
        Peer alice = subscribe(join("alice"), "prefix", "orders.").hears("[33,1,1]");
        router.publish("orders.17", "[1]");
        assertThat(alice.hears()).endsWith(",{\"topic\":\"orders.17\"},[1]]");
        alice.says("[34,2,1]").hears("[35,2]");
        subscribe(alice, "wildcard", "orders.").hears("[33,1,2]");
        alice.vanishes();
        assertThat(told)
                .containsExactly(
                        "orders: alice subscribes prefix orders.",
                        "orders: alice leaves prefix orders.",
                        "orders: alice subscribes wildcard orders.",
                        "orders: alice leaves wildcard orders.");
    }

    @Test
    void aHandlerMayAllowSomePatternsToSomeUsers() {
        declare("orders.{id}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, UriPattern topics) {
                if (!who.isInRole("administrator")) {
                    throw new Denied("administrators only, " + who.name());
                }
            }
        });
        subscribe(join("admin"), "prefix", "orders.").hears("[33,1,1]");
        assertThat(subscribe(join("alice"), "prefix", "orders.").hears())
                .contains("wamp.error.not_authorized", "administrators only, alice");
    }

    @Test
    void oneHandlerThatRefusesIsEnoughAndThoseThatHadAllowedAreToldSo() {
        declare("orders.{id}", optingIn("orders"));
        declare("parts.{id}", new TopicHandler() {});
        assertThat(subscribe(join("alice"), "prefix", "").hears()).contains("wamp.error.not_authorized");
        assertThat(told).containsExactly("orders: alice subscribes prefix ", "orders: alice leaves prefix ");
        subscribe(join("bob"), "prefix", "o").hears("[33,1,1]");
    }

    @Test
    void allHandlersWhoseTopicsItMayMatchAreAskedAndNoOthers() {
        declare("orders.{id}", optingIn("id"));
        declare("orders.{id: \\d+}", optingIn("number"));
        declare("orders.new", optingIn("new"));
        declare("parts.{id}", optingIn("parts"));
        declare("orders/{id}", optingIn("slash"));
        subscribe(join("alice"), "prefix", "orders.").hears("[33,1,1]");
        assertThat(told)
                .containsExactlyInAnyOrder(
                        "id: alice subscribes prefix orders.",
                        "number: alice subscribes prefix orders.",
                        "new: alice subscribes prefix orders.");
    }

    @Test
    void whatNobodyDeclaredStaysHidden() {
        declare("shop.{id}", optingIn("shop"));
        grants = new Grants(List.of(Permission.parse("backend: publish prefix shop.")), List.of());
        Peer alice = subscribe(join("alice"), "prefix", "shop").hears("[33,1,1]");
        Peer billing = join("billing");
        billing.says("[16,1,{'retain':true,'acknowledge':true},'shop.secret.plan',['hidden']]");
        assertThat(billing.hears()).startsWith("[17,1,");
        billing.says("[16,2,{},'shop.offer',['seen']]");
        assertThat(alice.hears()).endsWith(",{\"topic\":\"shop.offer\"},[\"seen\"]]");
        alice.hearsNothing();
        alice.says("[32,2,{'match':'prefix','get_retained':true},'shop']")
                .hears("[33,2,1]")
                .hearsNothing();
        alice.says("[32,3,{'match':'prefix','_after':'epoch1:0'},'shop']").hears("[33,3,1]");
        assertThat(alice.hears()).contains("\"_gap\":false");
        assertThat(alice.hears()).endsWith("[\"seen\"]]");
        alice.hearsNothing();
    }

    @Test
    void aGrantOfThePatternShowsWhatNobodyDeclared() {
        declare("shop.{id}", optingIn("shop"));
        grants = new Grants(
                List.of(
                        Permission.parse("sales: subscribe prefix shop."),
                        Permission.parse("sales: publish prefix shop.")),
                List.of());
        Peer alice = subscribe(join("alice"), "prefix", "shop.").hears("[33,1,1]");
        assertThat(subscribe(join("alice"), "prefix", "shop").hears())
                .isEqualTo("[33,1,2]"); // the handler allows it, and the grant is not for that much
        join("bob").says("[16,1,{'retain':true},'shop.secret.plan',['seen']]");
        assertThat(alice.hears()).endsWith("{\"topic\":\"shop.secret.plan\"},[\"seen\"]]");
        alice.says("[32,2,{'match':'prefix','get_retained':true},'shop.']").hears("[33,2,1]");
        assertThat(alice.hears()).endsWith("[\"seen\"]]");
        alice.says("[32,3,{'match':'prefix','_after':'epoch1:0'},'shop.']").hears("[33,3,1]");
        assertThat(alice.hearsAll()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "subscribe prefix shop.orders.",
                "subscribe exact shop.",
                "subscribe wildcard shop.",
                "publish prefix shop."
            })
    void aGrantOfLessIsNoGrant(String permission) {
        declare("news", new TopicHandler() {});
        grants = new Grants(List.of(Permission.parse("sales: " + permission)), List.of());
        assertThat(subscribe(join("alice"), "prefix", "shop.").hears()).contains("nobody declared this topic");
    }

    @Test
    void aGrantDoesNotOutweighAHandler() {
        declare("shop.{id}", new TopicHandler() {});
        grants = new Grants(List.of(Permission.parse("sales: subscribe prefix shop.")), List.of());
        assertThat(subscribe(join("alice"), "prefix", "shop.").hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void aDenialOutweighsAHandler() {
        declare("shop.{id}", optingIn("shop"));
        DynamicAuthorizer noPatterns =
                request -> request.uris().policy().wireName().equals("exact")
                        ? DynamicAuthorizer.Decision.ABSTAIN
                        : DynamicAuthorizer.Decision.DENY;
        grants = new Grants(List.of(), List.of(noPatterns));
        assertThat(subscribe(join("alice"), "prefix", "shop.").hears()).contains("wamp.error.not_authorized");
        assertThat(told).isEmpty();
    }

    @Test
    void anAuthorizerThatFailsTheSecondTimeRefusesToo() {
        declare("shop.{id}", optingIn("shop"));
        int[] asked = {0};
        DynamicAuthorizer moody = request -> {
            if (++asked[0] == 2) {
                throw new IllegalStateException("ORA-00942 at db.internal");
            }
            return DynamicAuthorizer.Decision.ABSTAIN;
        };
        grants = new Grants(List.of(), List.of(moody));
        Peer alice = subscribe(join("alice"), "prefix", "shop.");
        assertThat(alice.hears()).contains("wamp.error.authorization_failed").doesNotContain("ORA");
        assertThat(told).isEmpty();
        alice.isOpen();
    }

    @Test
    void visitorsDoNotSubscribeToPatterns() {
        declarations.add(TestTopic.forVisitors("maintenance"), "Maintenance", optingIn("maintenance"));
        grants = new Grants(List.of(Permission.parse("anonymous: subscribe prefix main")), List.of());
        Peer visitor = router().join();
        assertThat(subscribe(visitor, "prefix", "main").hears()).contains("wamp.error.not_authorized");
        subscribe(visitor, "exact", "maintenance").hears("[33,1,1]");
        assertThat(told).isEmpty();
    }

    @Test
    void backEndsAreAskedAboutLikeUsers() {
        declare("shop.{id}", new TopicHandler() {});
        declare("news.{id}", optingIn("news"));
        assertThat(subscribe(join("billing"), "prefix", "shop.").hears()).contains("wamp.error.not_authorized");
        assertThat(subscribe(join("billing"), "prefix", "other.").hears()).contains("nobody declared this topic");
        subscribe(join("billing"), "prefix", "news.").hears("[33,1,1]");
    }

    @ParameterizedTest
    @CsvSource({
        "exact, wamp.subscription.on_create",
        "prefix, wamp.",
        "prefix, wamp",
        "wildcard, wamp..",
        "wildcard, wamp.session."
    })
    void whatTheRouterPublishesIsForGrantsAndBackEnds(String match, String topic) {
        declare("news", new TopicHandler() {});
        grants = new Grants(List.of(Permission.parse("administrator: subscribe prefix wamp")), List.of());
        assertThat(subscribe(join("alice"), match, topic).hears())
                .contains("wamp.error.not_authorized", "what the router publishes is not for this session");
        assertThat(subscribe(router.join(), match, topic).hears()).contains("wamp.error.not_authorized");
        assertThat(subscribe(join("admin"), match, topic).hears()).startsWith("[33,1,");
    }

    @Test
    void aPatternThatAHandlerAllowsDoesNotShowThem() {
        declare("{anything}", optingIn("anything"));
        grants = new Grants(List.of(Permission.parse("administrator: subscribe prefix wamp.")), List.of());
        Peer alice = subscribe(join("alice"), "prefix", "").hears("[33,1,1]");
        assertThat(subscribe(join("alice"), "prefix", "w").hears()).startsWith("[33,1,2]");
        subscribe(join("admin"), "prefix", "wamp.");
        alice.hearsNothing();
    }

    @Test
    void whoWasNotAskedIsNotToldOfTheEnd() {
        declare("{a}.{b}.{c}", optingIn("anything"));
        Peer billing = subscribe(join("billing"), "wildcard", "wamp..").hears("[33,1,1]");
        billing.vanishes();
        assertThat(told).isEmpty();
        subscribe(join("billing"), "wildcard", "..").vanishes();
        assertThat(told)
                .containsExactly("anything: billing subscribes wildcard ..", "anything: billing leaves wildcard ..");
    }

    @Test
    void thePrefixWampIsForTheHandlersOfWampumToo() {
        declare("wampum.{belt}", new TopicHandler() {});
        Peer billing = subscribe(join("billing"), "prefix", "wamp");
        assertThat(billing.hears()).contains("a pattern subscription is not offered for these topics");
        subscribe(billing, "prefix", "wamp.").hears("[33,1,1]");
    }

    @Test
    void theHandlersReceiversHoldForPatternsAndForThoseOfThePublisher() {
        declare("chat.{room}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, UriPattern topics) {}

            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }

            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                delivery.toUsers("alice", "carol");
            }
        });
        Peer alice = subscribe(join("alice"), "prefix", "chat.").hears("[33,1,1]");
        Peer bob = subscribe(join("bob"), "prefix", "chat.").hears("[33,1,1]");
        Peer carol = subscribe(join("carol"), "exact", "chat.1").hears("[33,1,2]");
        Peer publisher = join("dave");
        publisher.says("[16,1,{},'chat.1']");
        assertThat(heard(alice, bob, carol)).containsExactly(1, 0, 1);
        publisher.says("[16,2,{'eligible_authid':['alice','bob']},'chat.1']");
        assertThat(heard(alice, bob, carol)).containsExactly(1, 0, 0);
        publisher.says("[16,3,{'exclude_authid':['alice']},'chat.1']");
        assertThat(heard(alice, bob, carol)).containsExactly(0, 0, 1);
        publisher.says("[16,4,{'eligible_authid':['bob']},'chat.1']");
        assertThat(heard(alice, bob, carol)).containsExactly(0, 0, 0);
        alice.says("[16,5,{},'chat.1']");
        assertThat(heard(alice, bob, carol)).containsExactly(0, 0, 1);
    }

    @Test
    void whatTheHandlerNarrowedIsNarrowForWhoComesLate() {
        declare("shop.{id}", new TopicHandler() {
            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                if (!request.get("id").equals("dropped")) {
                    delivery.toUsers("alice");
                }
            }
        });
        join("billing").says("[16,1,{'retain':true},'shop.1',['x']]").says("[16,2,{'retain':true},'shop.dropped']");
        for (String options : List.of("{'get_retained':true}", "{'_after':'epoch1:0'}")) {
            Peer alice = join("alice").says("[32,1," + options + ",'shop.1']");
            assertThat(alice.hearsAll().stream().filter(event -> event.endsWith("[\"x\"]]")))
                    .hasSize(1);
            Peer bob = join("bob").says("[32,1," + options + ",'shop.1']");
            assertThat(bob.hearsAll()).noneMatch(event -> event.endsWith("[\"x\"]]"));
            Peer late = join("alice").says("[32,1," + options + ",'shop.dropped']");
            assertThat(late.hearsAll()).noneMatch(event -> event.contains("retained") || event.contains("replayed"));
        }
    }

    private static List<Integer> heard(Peer... peers) {
        return Stream.of(peers).map(peer -> peer.hearsAll().size()).toList();
    }

    private TopicHandler optingIn(String name) {
        return new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, UriPattern topics) {
                told.add(name + ": " + who.name() + " subscribes "
                        + topics.policy().wireName() + " " + topics.uri());
            }

            @Override
            public void onUnsubscribe(Subscriber who, UriPattern topics) {
                told.add(name + ": " + who.name() + " leaves " + topics.policy().wireName() + " " + topics.uri());
            }
        };
    }

    private void declare(String pattern, TopicHandler handler) {
        declarations.add(TestTopic.of(pattern), "Handler", handler);
    }

    private static Peer subscribe(Peer peer, String match, String uri) {
        return peer.says("[32,1,{'match':'" + match + "'},'" + uri + "']");
    }

    private Peer join(String user) {
        String role = switch (user) {
            case "admin" -> "administrator";
            case "billing" -> Identity.BACKEND;
            default -> "sales";
        };
        Identity identity = new Identity(
                user, role, Set.of(role), "ticket", role.equals(Identity.BACKEND) ? "secret" : "container");
        return router().connect(new Handshake(null, null, identity)).join(TestRouter.REALM);
    }

    private TestRouter router() {
        if (router == null) {
            Topics topics = declarations.build(grants, TestTopic.SURROUNDINGS);
            router = TestRouter.with(
                    RealmSettings.of(Authenticator::anybody, topics).with(topics),
                    HistorySettings.parse("prefix shop"));
        }
        return router;
    }
}
