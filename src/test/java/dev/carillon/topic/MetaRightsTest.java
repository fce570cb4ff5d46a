package dev.carillon.topic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.DynamicAuthorizer;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may look into a realm and end what is in it: nobody who was not granted it. */
class MetaRightsTest {

    private static final List<String> PROCEDURES = List.of(
            "wamp.session.count",
            "wamp.session.list",
            "wamp.session.get",
            "wamp.session.kill",
            "wamp.session.kill_by_authid",
            "wamp.session.kill_by_authrole",
            "wamp.session.kill_all",
            "wamp.subscription.list",
            "wamp.subscription.lookup",
            "wamp.subscription.match",
            "wamp.subscription.get",
            "wamp.subscription.list_subscribers",
            "wamp.subscription.count_subscribers",
            "wamp.subscription.remove_subscriber",
            "wamp.registration.list",
            "wamp.registration.lookup",
            "wamp.registration.match",
            "wamp.registration.get",
            "wamp.registration.list_callees",
            "wamp.registration.count_callees",
            "wamp.registration.remove_callee",
            "carillon.retained.clear");

    private static final List<String> TOPICS = List.of(
            "wamp.session.on_join",
            "wamp.session.on_leave",
            "wamp.subscription.on_create",
            "wamp.subscription.on_subscribe",
            "wamp.subscription.on_unsubscribe",
            "wamp.subscription.on_delete",
            "wamp.registration.on_create",
            "wamp.registration.on_register",
            "wamp.registration.on_unregister",
            "wamp.registration.on_delete");

    private Grants grants = Grants.NONE;
    private TestRouter router;

    static Stream<String> procedures() {
        return PROCEDURES.stream();
    }

    static Stream<String> topics() {
        return TOPICS.stream();
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void usersAndVisitorsGetNoneOfTheProceduresAndLearnNothingByTheirArguments(String procedure) {
        for (Peer peer : List.of(join("alice"), visit(), impostor())) {
            for (String arguments : new String[] {"", ",[1001]", ",[1002]", ",['news']", ",[{}],{'reason':1}"}) {
                peer.says("[48,1,{},'" + procedure + "'" + arguments + "]")
                        .hearsRefusal(1, "wamp.error.not_authorized");
            }
            peer.hearsNothing().isOpen();
        }
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void backendsGetAllProceduresAndSoDoesTheApplication(String procedure) {
        for (Peer peer :
                List.of(join("billing"), router().connect(Handshake.APPLICATION).join(TestRouter.REALM))) {
            peer.says("[48,1,{},'" + procedure + "',[{}]]");
            assertThat(peer.hears()).doesNotContain("not_authorized").doesNotContain("no_such_procedure");
        }
    }

    @ParameterizedTest
    @MethodSource("topics")
    void usersAndVisitorsHearNoneOfTheTopicsAndBackendsAll(String topic) {
        for (Peer peer : List.of(join("alice"), visit(), impostor())) {
            peer.says("[32,1,{},'" + topic + "']");
            assertThat(peer.hears()).startsWith("[8,32,1,{},\"wamp.error.not_authorized\"");
            String prefix = topic.substring(0, topic.lastIndexOf('.') + 1);
            peer.says("[32,2,{'match':'prefix'},'" + prefix + "']");
            assertThat(peer.hears()).startsWith("[8,32,2,{},\"wamp.error.not_authorized\"");
            peer.says("[32,3,{'match':'wildcard'},'wamp..']");
            assertThat(peer.hears()).startsWith("[8,32,3,{},\"wamp.error.not_authorized\"");
        }
        join("billing").says("[32,1,{},'" + topic + "']").hears("[33,1,1]");
    }

    @Test
    void aPermissionGrantsWhatItNamesToItsRoleOnly() {
        grants = permissions("administrator: call, subscribe prefix wamp.session.");
        Peer admin = join("admin");
        Peer alice = join("alice");
        admin.says("[48,1,{},'wamp.session.count']").hears("[50,1,{},[2]]");
        admin.says("[48,2,{},'wamp.subscription.list']").hearsRefusal(2, "wamp.error.not_authorized");
        admin.says("[48,3,{},'carillon.retained.clear',['news']]").hearsRefusal(3, "wamp.error.not_authorized");
        admin.says("[32,4,{},'wamp.session.on_leave']").hears("[33,4,1]");
        admin.says("[32,5,{'match':'prefix'},'wamp.session.on_']").hears("[33,5,2]");
        admin.says("[32,6,{'match':'prefix'},'wamp.']");
        assertThat(admin.hears()).startsWith("[8,32,6,{},\"wamp.error.not_authorized\"");
        admin.says("[32,7,{'match':'prefix'},'wamp.s']");
        assertThat(admin.hears()).startsWith("[8,32,7,{},\"wamp.error.not_authorized\"");
        admin.says("[32,8,{},'wamp.subscription.on_create']");
        assertThat(admin.hears()).startsWith("[8,32,8,{},\"wamp.error.not_authorized\"");
        alice.says("[48,1,{},'wamp.session.count']").hearsRefusal(1, "wamp.error.not_authorized");
        admin.says("[48,9,{},'wamp.session.kill_by_authid',['alice']]").hears("[50,9,{},[[1002]]]");
        admin.hearsEvent(1, "{},[1002,'alice','sales']")
                .hearsEvent(2, "{'topic':'wamp.session.on_leave'},[1002,'alice','sales']");
        alice.hears("[6,{},'wamp.close.killed']");
    }

    @Test
    void aPermissionInOneRealmCountsThereOnly() {
        grants = permissions("administrator: call prefix wamp.session. in realm2");
        join("admin").says("[48,1,{},'wamp.session.count']").hearsRefusal(1, "wamp.error.not_authorized");
        Peer there =
                router().connect(new Handshake(null, null, identity("admin"))).join("realm2");
        there.says("[48,1,{},'wamp.session.count']").hears("[50,1,{},[1]]");
    }

    @Test
    void aDynamicAuthorizerGrantsAndDenies() {
        grants = new Grants(List.of(Permission.parse("administrator: call prefix wamp.")), List.of((DynamicAuthorizer)
                request -> switch (request.uri().value()) {
                    case "wamp.session.kill_all" -> DynamicAuthorizer.Decision.DENY;
                    case "wamp.session.count" -> DynamicAuthorizer.Decision.GRANT;
                    default -> DynamicAuthorizer.Decision.ABSTAIN;
                }));
        Peer admin = join("admin");
        admin.says("[48,1,{},'wamp.session.kill_all']").hearsRefusal(1, "wamp.error.not_authorized");
        admin.says("[48,2,{},'wamp.session.list']").hears("[50,2,{},[[1001]]]");
        join("alice").says("[48,1,{},'wamp.session.count']").hears("[50,1,{},[2]]");
    }

    @Test
    void nobodyRegistersWhatTheRouterServes() {
        Peer billing = join("billing");
        for (String procedure : PROCEDURES.subList(0, PROCEDURES.size() - 1)) {
            billing.says("[64,1,{},'" + procedure + "']");
            assertThat(billing.hears()).startsWith("[8,64,1,{},\"wamp.error.invalid_uri\"");
        }
    }

    @Test
    void whoMayPublishMayLeaveATestamentAndNobodyElse() {
        Peer reader = join("bob").says("[32,1,{},'chat']").hears("[33,1,1]");
        Peer alice = join("alice");
        String chat = "[48,1,{},'wamp.session.add_testament',['chat',['bye']]]";
        String news = "[48,2,{},'wamp.session.add_testament',['news',['bye']]]";
        String undeclared = "[48,3,{},'wamp.session.add_testament',['undeclared',['bye']]]";
        alice.says(chat).hears("[50,1,{}]");
        alice.says(news).hearsRefusal(2, "wamp.error.not_authorized");
        alice.says(undeclared).hearsRefusal(3, "wamp.error.not_authorized");
        Peer visitor = visit();
        visitor.says(chat).hearsRefusal(1, "wamp.error.not_authorized");
        visitor.says(news).hearsRefusal(2, "wamp.error.not_authorized");
        Peer billing = join("billing");
        billing.says(news).hears("[50,2,{}]");
        alice.says("[48,4,{},'wamp.session.flush_testaments',[],{'scope':'detached'}]")
                .hears("[50,4,{}]");
        alice.vanishes();
        visitor.vanishes();
        reader.hearsEvent(1, "{},['bye']").hearsNothing();
    }

    @Test
    void whoSubscribesReadsTheHistoryAndNobodyElseLearnsWhichSubscriptionsThereAre() {
        Peer billing = join("billing").says("[32,1,{},'mail/bob']");
        assertThat(billing.hears()).contains("not_authorized");
        Peer bob = join("bob").says("[32,1,{},'mail/bob']").hears("[33,1,1]");
        bob.says("[32,2,{},'news']").hears("[33,2,2]");
        router().publish("mail/bob", "['psst']".replace('\'', '"'));
        router().publish("news", "['hear ye']".replace('\'', '"'));
        bob.hearsAll();
        assertThat(events(bob, 1)).contains("psst");
        String refusal = events(join("alice"), 1);
        assertThat(refusal).contains("wamp.error.not_authorized").doesNotContain("psst");
        assertThat(events(join("alice"), 2)).isEqualTo(refusal);
        assertThat(events(join("alice"), 99)).isEqualTo(refusal);
        assertThat(events(visit(), 2)).isEqualTo(refusal);
    }

    @Test
    void whoMayCallItAndSubscribeReadsWithoutASubscription() {
        grants = permissions("sales: call exact wamp.subscription.get_events");
        Peer bob = join("bob").says("[32,1,{},'mail/bob']").hears("[33,1,1]");
        bob.says("[32,2,{},'news']").hears("[33,2,2]");
        router().publish("mail/bob", "['psst']".replace('\'', '"'));
        router().publish("news", "['hear ye']".replace('\'', '"'));
        assertThat(events(join("alice"), 1)).contains("wamp.error.not_authorized");
        assertThat(events(join("alice"), 2)).contains("hear ye");
        assertThat(events(join("alice"), 99)).contains("wamp.error.no_such_subscription");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "administrator: call prefix wamp."})
    void theRightToCallGetEventsIsNoneToRead(String permission) {
        grants = permission.isEmpty() ? Grants.NONE : permissions(permission);
        Peer bob = join("bob").says("[32,1,{},'mail/bob']").hears("[33,1,1]");
        router().publish("mail/bob", "['psst']".replace('\'', '"'));
        bob.hearsAll();
        assertThat(events(join("admin"), 1))
                .contains("wamp.error.not_authorized")
                .doesNotContain("psst");
    }

    private static String events(Peer peer, long subscription) {
        return peer.says("[48,7,{},'wamp.subscription.get_events',[" + subscription + "]]")
                .hears();
    }

    private static Grants permissions(String... permissions) {
        return new Grants(Stream.of(permissions).map(Permission::parse).toList(), List.of());
    }

    private static Identity identity(String user) {
        String role = switch (user) {
            case "admin" -> "administrator";
            case "billing" -> Identity.BACKEND;
            default -> "sales";
        };
        return new Identity(user, role, Set.of(role), "ticket", role.equals(Identity.BACKEND) ? "secret" : "container");
    }

    private Peer join(String user) {
        return router().connect(new Handshake(null, null, identity(user))).join(TestRouter.REALM);
    }

    private Peer visit() {
        return router().join();
    }

    /** A user whom the container gives the names of those who may. */
    private Peer impostor() {
        Identity user = new Identity(
                "application", Identity.BACKEND, Set.of(Identity.BACKEND, "application"), "ticket", "container");
        return router().connect(new Handshake(null, null, user)).join(TestRouter.REALM);
    }

    private TestRouter router() {
        if (router == null) {
            Topics topics = new Topics.Builder()
                    .add(TestTopic.forVisitors("news"), "News", new BroadcastTopic() {})
                    .add(TestTopic.of("mail/{user}"), "Mail", new SecuredTopic() {})
                    .add(TestTopic.of("chat"), "Chat", new BroadcastTopic() {
                        @Override
                        public boolean mayPublish(Publisher who, TopicRequest request) {
                            return true;
                        }
                    })
                    .build(grants, TestTopic.SURROUNDINGS);
            router = TestRouter.with(
                    RealmSettings.of(Authenticator::anybody, topics).with(topics), HistorySettings.EVERYTHING);
        }
        return router;
    }
}
