package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may see who subscribes to a topic. */
class PresenceRightsTest {

    private static final String REFUSED =
            "[8,32,1,{},'wamp.error.not_authorized'," + "['who subscribes to this topic is not for this session']]";

    private final List<String> told = new ArrayList<>();
    private final Topics.Builder declarations = new Topics.Builder();
    private final Set<String> friends = new HashSet<>(Set.of("alice"));
    private Grants grants = Grants.NONE;
    private TestRouter router;

    @Test
    void nobodyMayUnlessTheHandlerSaysSo() {
        declare("orders/{id}", new BroadcastTopic() {});
        watch(join("alice"), "orders/17").hears(REFUSED);
        join("alice").says("[32,1,{},'orders/17']").hears("[33,1,1]");
    }

    @Test
    void theHandlerIsAskedWhoAndOfWhichTopic() {
        declare("orders/{id}", new TopicHandler() {
            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                told.add(who.name() + " in session " + who.session() + " asks about " + request.topic());
                return who.isInRole("sales") && request.get("id").equals("17");
            }
        });
        Peer alice = join("alice");
        sees(watch(alice, "orders/17"));
        watch(join("alice"), "orders/18").hears(REFUSED);
        watch(join("admin"), "orders/17").hears(REFUSED);
        assertThat(told)
                .startsWith("alice in session " + alice.session().id() + " asks about orders/17")
                .hasSize(3);
    }

    @Test
    void whoMaySeeNeedNotBeAllowedToSubscribe() {
        declare("orders/{id}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                throw new Denied("not for you");
            }

            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                return true;
            }
        });
        Peer alice = join("alice");
        sees(watch(alice, "orders/17"));
        assertThat(alice.says("[32,2,{},'orders/17']").hears()).contains("not for you");
    }

    @Test
    void theHandlerMayRefuseWithAReason() {
        declare("orders/{id}", new TopicHandler() {
            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                throw new Denied("ask your boss, " + who.name());
            }
        });
        watch(join("alice"), "orders/17").hears("[8,32,1,{},'wamp.error.not_authorized',['ask your boss, alice']]");
    }

    @Test
    void aHandlerThatFailsRefuses() {
        declare("orders/{id}", new TopicHandler() {
            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                throw new IllegalStateException("ORA-00942 at db.internal");
            }
        });
        assertThat(watch(join("alice"), "orders/17").hears())
                .contains("wamp.error.authorization_failed")
                .doesNotContain("ORA");
    }

    @Test
    void visitorsMayNotEvenWhereTheyMaySubscribe() {
        declarations.add(TestTopic.forVisitors("maintenance"), "Maintenance", toFriends());
        watch(router().join(), "maintenance").hears(REFUSED);
        sees(watch(join("alice"), "maintenance"));
        assertThat(told).containsExactly("alice");
    }

    @Test
    void aTopicThatNobodyDeclaredIsForGrantsOnly() {
        declare("orders/{id}", toFriends());
        grants = new Grants(
                List.of(Permission.parse("administrator: subscribe prefix carillon.presence.parts/")), List.of());
        watch(join("alice"), "parts/3").hears(REFUSED);
        sees(watch(join("admin"), "parts/3"));
        watch(join("admin"), "other").hears(REFUSED);
    }

    @Test
    void aPermissionGrantsItWithoutTheHandler() {
        declare("orders/{id}", toFriends());
        grants = new Grants(
                List.of(Permission.parse("administrator: subscribe prefix carillon.presence.orders/")), List.of());
        sees(watch(join("admin"), "orders/17"));
        watch(join("bob"), "orders/17").hears(REFUSED);
        assertThat(told).containsExactly("bob");
    }

    /** To see the events of a topic is another thing than to see who is there. */
    @Test
    void aPermissionForTheTopicItselfIsNone() {
        declare("orders/{id}", new BroadcastTopic() {});
        grants = new Grants(List.of(Permission.parse("sales: subscribe prefix orders/")), List.of());
        watch(join("alice"), "orders/17").hears(REFUSED);
    }

    @Test
    void backEndsMay() {
        declare("orders/{id}", toFriends());
        sees(watch(join("billing"), "orders/17"));
        sees(watch(join("billing"), "undeclared"));
        assertThat(told).isEmpty();
    }

    @Test
    void aDynamicAuthorizerGrantsAndDenies() {
        declare("orders/{id}", toFriends());
        DynamicAuthorizer byTopic = request -> switch (request.uri().value()) {
            case "carillon.presence.orders/1" -> DynamicAuthorizer.Decision.GRANT;
            case "carillon.presence.orders/2" -> DynamicAuthorizer.Decision.DENY;
            default -> DynamicAuthorizer.Decision.ABSTAIN;
        };
        grants = new Grants(List.of(), List.of(byTopic));
        sees(watch(join("bob"), "orders/1"));
        assertThat(watch(join("alice"), "orders/2").hears()).startsWith("[8,32,1,{},\"wamp.error.not_authorized\"");
        assertThat(watch(join("billing"), "orders/2").hears()).startsWith("[8,32,1,{},\"wamp.error.not_authorized\"");
        sees(watch(join("alice"), "orders/3"));
        assertThat(told).containsExactly("alice");
    }

    @Test
    void aRightThatIsLostEndsItAndNothingMoreIsSeen() {
        declare("orders/{id}", toFriends());
        friends.add("bob");
        Peer alice = join("alice", "subscriber.subscription_revocation");
        Peer bob = join("bob");
        sees(watch(alice, "orders/17"));
        sees(watch(bob, "orders/17"));
        friends.remove("alice");
        router.router().recheck(session -> true);
        alice.hears("[35,0,{'subscription':1,'reason':'wamp.error.not_authorized'}]");
        join("carol").says("[32,1,{},'orders/17']").hears("[33,1,2]");
        alice.hearsNothing();
        assertThat(bob.hears()).endsWith("[{\"joined\":\"carol\"}]]");
        friends.remove("bob");
        router.router().recheck(session -> true);
        join("dave").says("[32,1,{},'orders/17']").hears("[33,1,2]");
        bob.hearsNothing();
    }

    @Test
    void whoLosesTheTopicIsNotThereAnyMore() {
        declare("orders/{id}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                if (!friends.contains(who.name())) {
                    throw new Denied("friends only");
                }
            }
        });
        Peer billing = watch(join("billing"), "orders/17");
        sees(billing);
        join("alice").says("[32,1,{},'orders/17']").hears("[33,1,2]");
        assertThat(billing.hears()).endsWith("[{\"joined\":\"alice\"}]]");
        friends.clear();
        router.router().recheck(session -> true);
        router.moveClock(RealmSettings.PRESENCE_GRACE);
        assertThat(billing.hears()).endsWith("[{\"left\":\"alice\"}]]");
    }

    /** Such as the handler of {@code {a}.{b}.{c}}, whose topics these are not. */
    @Test
    void aHandlerWhoWasNotAskedIsNotToldOfTheEnd() {
        declare("{a}.{b}.{c}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                told.add(who.name() + " subscribes to " + request.topic());
            }

            @Override
            public void onUnsubscribe(Subscriber who, TopicRequest request) {
                told.add(who.name() + " leaves " + request.topic());
            }
        });
        declare("news", new TopicHandler() {
            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                return true;
            }
        });
        Peer alice = watch(join("alice"), "news");
        sees(alice);
        alice.vanishes();
        assertThat(told).isEmpty();
    }

    private TopicHandler toFriends() {
        return new TopicHandler() {
            @Override
            public boolean maySeeSubscribers(Subscriber who, TopicRequest request) {
                told.add(who.name());
                return friends.contains(who.name());
            }
        };
    }

    private void declare(String pattern, TopicHandler handler) {
        declarations.add(TestTopic.of(pattern), "Handler", handler);
    }

    private static Peer watch(Peer peer, String topic) {
        return peer.says("[32,1,{},'carillon.presence." + topic + "']");
    }

    private static void sees(Peer watcher) {
        assertThat(watcher.hears()).startsWith("[33,1,");
        assertThat(watcher.hears()).endsWith(",{},[{\"users\":[]}]]");
    }

    private Peer join(String user, String... features) {
        String role = switch (user) {
            case "admin" -> "administrator";
            case "billing" -> Identity.BACKEND;
            default -> "sales";
        };
        Identity identity = new Identity(
                user, role, Set.of(role), "ticket", role.equals(Identity.BACKEND) ? "secret" : "container");
        return router().connect(new Handshake(null, null, identity)).join(TestRouter.REALM, features);
    }

    private TestRouter router() {
        if (router == null) {
            Topics topics = declarations.build(grants, TestTopic.SURROUNDINGS);
            router = TestRouter.with(
                    RealmSettings.of(Authenticator::anybody, topics).with(topics));
        }
        return router;
    }
}
