package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Sample;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Handlers at work in a router: whom they let in, and what becomes of what is published. */
class TopicHandlerTest {

    private static final int RATE = 5;

    private final List<String> told = new ArrayList<>();
    private final Topics.Builder declarations = new Topics.Builder();
    private Grants grants = Grants.NONE;
    private TestRouter router;

    @Test
    void theHandlerHearsOfTheEndOfASubscriptionHoweverItEnds() {
        declare("room/{nr}", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                told.add(who.name() + " enters " + request.get("nr"));
            }

            @Override
            public void onUnsubscribe(Subscriber who, TopicRequest request) {
                told.add(who.name() + " leaves " + request.get("nr"));
            }
        });
        Peer alice = join("alice")
                .says("[32,1,{},'room/1']")
                .hears("[33,1,1]")
                .says("[34,2,1]")
                .hears("[35,2]");
        alice.says("[32,3,{},'room/2']").says("[6,{},'wamp.close.normal']");
        join("bob").says("[32,1,{},'room/3']").vanishes();
        join("carol").says("[32,1,{},'room/4']").saysExactly("rubbish");
        assertThat(told)
                .containsExactly(
                        "alice enters 1",
                        "alice leaves 1",
                        "alice enters 2",
                        "alice leaves 2",
                        "bob enters 3",
                        "bob leaves 3",
                        "carol enters 4",
                        "carol leaves 4");
    }

    @Test
    void whoLeavesWhileTheHandlerThinksIsToldOfAsGone() {
        Peer[] alice = {null};
        declare("room", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                alice[0].vanishes();
            }

            @Override
            public void onUnsubscribe(Subscriber who, TopicRequest request) {
                told.add(who.name() + " leaves");
            }
        });
        alice[0] = join("alice");
        alice[0].says("[32,1,{},'room']").hearsNothing();
        assertThat(told).containsExactly("alice leaves");
    }

    @Test
    void pagesMayNotPublishUnlessTheHandlerSaysSo() {
        declare("news", new TopicHandler() {});
        declare("chat/{room}", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return who.isInRole("sales") && !request.get("room").equals("closed");
            }
        });
        Peer bob = join("bob").says("[32,1,{},'chat/1']").hears("[33,1,1]");
        Peer alice = join("alice").says("[16,1,{'acknowledge':true},'news']");
        assertThat(alice.hears()).startsWith("[8,16,1,{},\"wamp.error.not_authorized\"");
        alice.says("[16,2,{'acknowledge':true},'chat/closed']");
        assertThat(alice.hears()).startsWith("[8,16,2,{},\"wamp.error.not_authorized\"");
        alice.says("[16,3,{'acknowledge':true},'chat/1',['hello']]");
        assertThat(alice.hears()).startsWith("[17,3,");
        assertThat(bob.hears()).endsWith(",{},[\"hello\"]]");
    }

    @Test
    void publicationsAreCountedByThePatternThatDeclaresTheirTopic() {
        declare("chat/{room}", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }
        });
        join("bob").says("[32,1,{},'chat/1']");
        join("alice").says("[16,1,{},'chat/1']").says("[16,2,{},'chat/2']");

        Map<String, String> labels = Map.of("realm", TestRouter.REALM, "topic", "chat/{room}");
        assertThat(router.router().metrics().samples())
                .contains(
                        Sample.counter("carillon.publications", labels, 2),
                        Sample.counter("carillon.events", labels, 1));
    }

    @Test
    void aPermissionGrantsPublishingAndTopicsThatNobodyDeclared() {
        declare("news", new TopicHandler() {});
        grants = new Grants(List.of(Permission.parse("sales: publish, subscribe prefix n")), List.of());
        Peer alice = join("alice").says("[16,1,{'acknowledge':true},'news']");
        assertThat(alice.hears()).startsWith("[17,1,");
        alice.says("[32,2,{},'nobody.declared.this']").hears("[33,2,1]");
        alice.says("[32,3,{},'other']");
        assertThat(alice.hears()).contains("not_authorized");
    }

    @Test
    void aPermissionDoesNotOutweighAHandlersRefusal() {
        declare("mail/{user}", new SecuredTopic() {});
        grants = new Grants(List.of(Permission.parse("sales: subscribe prefix mail/")), List.of());
        Peer alice = join("alice").says("[32,1,{},'mail/alice']").hears("[33,1,1]");
        alice.says("[32,2,{},'mail/bob']");
        assertThat(alice.hears()).startsWith("[8,32,2,{},\"wamp.error.not_authorized\",[\"This topic is another");
    }

    @Test
    void aBroadcastTopicIsForAllWhoAreLoggedIn() {
        declare("news", new BroadcastTopic() {});
        join("alice").says("[32,1,{},'news']").hears("[33,1,1]");
        Peer visitor = visit().says("[32,1,{},'news']");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void visitorsSeeOnlyTopicsThatAreDeclaredForThem() {
        declarations.add(TestTopic.forVisitors("maintenance"), "Maintenance", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true; // for users: visitors are not asked about
            }
        });
        declare("news", new TopicHandler() {});
        Peer visitor = visit().says("[32,1,{},'maintenance']").hears("[33,1,1]");
        visitor.says("[32,2,{},'news']");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
        visitor.says("[16,3,{'acknowledge':true},'maintenance']");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
        router.publish("maintenance", "[1]");
        assertThat(visitor.hears()).endsWith("[1]]");
    }

    @Test
    void aHandlerNarrowsToUsersRolesAndSessions() {
        declare("news", new TopicHandler() {
            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                told.add(who.name() + " " + who.isTrusted());
                delivery.toUsers("alice");
                delivery.toRoles("administrator");
            }
        });
        Peer alice = join("alice").says("[32,1,{},'news']").hears("[33,1,1]");
        Peer bob = join("bob").says("[32,1,{},'news']").hears("[33,1,1]");
        Peer admin = join("admin").says("[32,1,{},'news']").hears("[33,1,1]");
        router.publish("news", "[1]");
        assertThat(alice.hears()).endsWith("[1]]");
        assertThat(admin.hears()).endsWith("[1]]");
        bob.hearsNothing();
        assertThat(told).containsExactly("application true");
    }

    @Test
    void aHandlerNarrowsToSessions() {
        long[] chosen = {0};
        declare("news", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                chosen[0] = who.session();
            }

            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                delivery.toSessions(chosen[0]);
            }
        });
        Peer first = join("alice").says("[32,1,{},'news']").hears("[33,1,1]");
        Peer second = join("alice").says("[32,1,{},'news']").hears("[33,1,1]");
        router.publish("news", "[1]");
        assertThat(second.hears()).endsWith("[1]]");
        first.hearsNothing();
    }

    @Test
    void whatAHandlerDropsIsDeliveredToNobodyAndAcknowledgedAllTheSame() {
        declare("chat", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }

            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                delivery.broadcast();
                delivery.drop();
            }
        });
        Peer bob = join("bob").says("[32,1,{},'chat']").hears("[33,1,1]");
        Peer alice = join("alice").says("[16,1,{'acknowledge':true},'chat',['?']]");
        assertThat(alice.hears()).startsWith("[17,1,");
        bob.hearsNothing();
    }

    @Test
    void aHandlerThatFailsTellsThePublisherNothingButThatItFailed() {
        declare("chat", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }

            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                if (request.topic().equals("chat")) {
                    throw new IllegalStateException("ORA-00942 at db.internal");
                }
            }
        });
        Peer alice = join("alice").says("[16,1,{'acknowledge':true},'chat']");
        assertThat(alice.hears()).contains("carillon.error.internal").doesNotContain("ORA");
        alice.says("[16,2,{},'chat']").hearsNothing().isOpen();
    }

    @Test
    void aHandlerMayRefuseAPublicationWithAReason() {
        declare("chat", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }

            @Override
            public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
                throw new Denied("no shouting");
            }
        });
        join("alice")
                .says("[16,1,{'acknowledge':true},'chat']")
                .hears("[8,16,1,{},'wamp.error.not_authorized',['no shouting']]");
    }

    @Test
    void aSessionPublishesOnlySoOftenAndBackEndsAsOftenAsTheyLike() {
        declare("chat", new TopicHandler() {
            @Override
            public boolean mayPublish(Publisher who, TopicRequest request) {
                return true;
            }
        });
        Peer alice = join("alice");
        for (int i = 1; i <= 2 * RATE; i++) {
            assertThat(alice.says("[16," + i + ",{'acknowledge':true},'chat']").hears())
                    .startsWith("[17,");
        }
        alice.says("[16,99,{'acknowledge':true},'chat']")
                .hears("[8,16,99,{},'carillon.error.rate_limited',['at most 5 publications a second']]");
        alice.says("[16,99,{},'chat']").hearsNothing();
        assertThat(router.metrics().publicationsOverRate()).isEqualTo(2);
        router.moveClock(Duration.ofSeconds(1));
        assertThat(alice.says("[16,100,{'acknowledge':true},'chat']").hears()).startsWith("[17,");
        Peer billing = join("billing");
        for (int i = 1; i <= 10 * RATE; i++) {
            assertThat(billing.says("[16," + i + ",{'acknowledge':true},'chat']")
                            .hears())
                    .startsWith("[17,");
        }
    }

    @Test
    void aUserWhomTheContainerCallsBackendIsNotTrusted() {
        declare("news", new TopicHandler() {});
        Identity pretender = new Identity("mallory", "backend", Set.of("backend"), "ticket", "container");
        Peer mallory = router().connect(new Handshake(null, null, pretender)).join(TestRouter.REALM);
        assertThat(mallory.says("[16,1,{'acknowledge':true},'news']").hears()).contains("not_authorized");
        assertThat(mallory.says("[64,2,{},'a.b']").hears()).contains("not_authorized");
    }

    @Test
    void anErrorOfAHandlerIsAnsweredToo() {
        declare("room", new TopicHandler() {
            @Override
            public void onSubscribe(Subscriber who, TopicRequest request) {
                throw new NoClassDefFoundError("com/example/Missing");
            }
        });
        assertThat(join("alice").says("[32,1,{},'room']").hears())
                .contains("authorization_failed")
                .doesNotContain("Missing");
    }

    @Test
    void callingAndRegisteringNeedAGrantOrTrust() {
        grants = new Grants(List.of(Permission.parse("administrator: call, register prefix shop.")), List.of());
        Peer billing = join("billing").says("[64,1,{},'shop.total']").hears("[65,1,1]");
        Peer alice = join("alice").says("[48,1,{},'shop.total']");
        assertThat(alice.hears()).startsWith("[8,48,1,{},\"wamp.error.not_authorized\"");
        alice.says("[64,2,{},'shop.mine']");
        assertThat(alice.hears()).startsWith("[8,64,2,{},\"wamp.error.not_authorized\"");
        join("admin").says("[48,1,{},'shop.total']");
        billing.hears("[68,1,1,{}]");
        join("admin").says("[64,1,{},'shop.admins']").hears("[65,1,2]");
    }

    @Test
    void aTopicSaysWhatSlowReadersMayMissAndItIsCountedUnderItsPattern() {
        declarations.add(TestTopic.of("prices/{symbol}", WhenFull.KEEP_LATEST), "Prices", new BroadcastTopic() {});
        declarations.add(TestTopic.of("orders"), "Orders", new BroadcastTopic() {});
        Peer alice = join("alice").says("[32,1,{},'prices/a']").hears("[33,1,1]");
        alice.says("[32,2,{},'orders']").hears("[33,2,2]").stopsReading();
        for (int i = 1; i <= 3; i++) {
            router().publish("prices/a", "[" + i + "]");
            router().publish("orders", "[" + i + "]");
        }
        alice.readsOn().hearsEvent(1, "{},[1]").hearsEvent(2, "{},[1]").hearsEvent(1, "{'_dropped':1},[3]");
        alice.hearsEvent(2, "{},[2]").hearsEvent(2, "{},[3]").hearsNothing();
        assertThat(router().router().metrics().samples())
                .filteredOn(sample -> sample.name().equals("carillon.events.dropped") && sample.value() > 0)
                .singleElement()
                .satisfies(sample -> assertThat(sample.labels()).containsEntry("topic", "prices/{symbol}"));
    }

    private void declare(String pattern, TopicHandler handler) {
        declarations.add(TestTopic.of(pattern), "Handler", handler);
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

    private Peer visit() {
        return router().join();
    }

    private TestRouter router() {
        if (router == null) {
            Topics topics = declarations.build(grants, TestTopic.SURROUNDINGS);
            router = TestRouter.with(RealmSettings.of(Authenticator::anybody, topics)
                    .with(topics)
                    .withPublishRate(RATE));
        }
        return router;
    }
}
