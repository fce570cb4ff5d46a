package dev.carillon.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.matching.UriPattern;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.security.Permission;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.BroadcastTopic;
import dev.carillon.topic.Delivery;
import dev.carillon.topic.Denied;
import dev.carillon.topic.Publisher;
import dev.carillon.topic.SecuredTopic;
import dev.carillon.topic.Subscriber;
import dev.carillon.topic.TestTopic;
import dev.carillon.topic.TopicHandler;
import dev.carillon.topic.TopicRequest;
import dev.carillon.topic.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What administrators are served, and that nobody else is. */
class AdminProceduresTest {

    private static final List<String> PROCEDURES = List.of(
            "carillon.topic.list",
            "carillon.topic.try",
            "carillon.session.list",
            "carillon.session.get",
            "carillon.history.list",
            "carillon.history.clear",
            "carillon.retained.list",
            "carillon.retained.clear",
            "carillon.counters",
            "carillon.configuration");

    private static final List<String> META = List.of(
            "wamp.session.count",
            "wamp.session.get",
            "wamp.session.kill",
            "wamp.session.kill_all",
            "wamp.subscription.list",
            "wamp.subscription.remove_subscriber",
            "wamp.registration.list",
            "wamp.registration.remove_callee");

    private static final AdminSettings ADMINISTRATORS = new AdminSettings(List.of("administrator"));

    private final TestRouter router =
            router("sales: publish exact rooms/blue", "sales: subscribe, publish prefix chat.");

    static Stream<String> procedures() {
        return Stream.concat(PROCEDURES.stream(), META.stream());
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void usersAndVisitorsAreServedNone(String procedure) {
        for (Peer peer : List.of(join("alice", "sales"), router.join(), join("backend", Identity.BACKEND))) {
            for (String arguments : new String[] {"", ",['news']", ",[1001]", ",['orders/',{'a':1}]"}) {
                peer.says("[48,1,{},'" + procedure + "'" + arguments + "]")
                        .hearsRefusal(1, "wamp.error.not_authorized");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void administratorsAndBackendsAreServedAll(String procedure) {
        Identity billing = new Identity("billing", "backend", Set.of(Identity.BACKEND), "ticket", "secret");
        for (Peer peer : List.of(
                join("admin", "administrator"),
                router.connect(new Handshake(null, null, billing)).join(TestRouter.REALM))) {
            peer.says("[48,1,{},'" + procedure + "',['news']]");
            assertThat(peer.hears()).doesNotContain("not_authorized").doesNotContain("no_such_procedure");
        }
    }

    @ParameterizedTest
    @MethodSource("procedures")
    void withoutTheSettingNobodyIsAnAdministrator(String procedure) {
        Topics topics = topics(Grants.NONE);
        Peer admin = served(topics, List.of(), new AdminSettings(List.of())).join("admin", "administrator");
        admin.says("[48,1,{},'" + procedure + "']").hearsRefusal(1, "wamp.error.not_authorized");
    }

    @Test
    void administratorsHearMetaEventsAndPublishWhereAnybodyCould() {
        Peer admin = join("admin", "administrator");
        admin.says("[32,1,{},'wamp.session.on_join']").hears("[33,1,1]");
        admin.says("[32,2,{'match':'prefix'},'wamp.session.']").hears("[33,2,2]");
        admin.says("[16,3,{'acknowledge':true},'news',['hear ye']]");
        assertThat(admin.hears()).startsWith("[17,3,");
        Peer alice = join("alice", "sales");
        alice.says("[32,1,{},'wamp.session.on_join']");
        assertThat(alice.hears()).contains("wamp.error.not_authorized");
        alice.says("[16,2,{'acknowledge':true},'news',['hear ye']]");
        assertThat(alice.hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void administratorsSubscribeAsOthersDo() {
        Peer admin = join("admin", "administrator");
        admin.says("[32,1,{},'mail/alice']");
        assertThat(admin.hears()).contains("wamp.error.not_authorized");
        admin.says("[64,1,{},'com.example.add']");
        assertThat(admin.hears()).contains("wamp.error.not_authorized");
    }

    @Test
    void topicsSayWhoMayDoWhatAndHowManySubscribe() {
        Peer admin = join("admin", "administrator");
        Peer alice = join("alice", "sales");
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        alice.says("[32,2,{},'mail/alice']").hears("[33,2,2]");
        alice.says("[32,3,{},'chat.blue']").hears("[33,3,3]");
        Peer bob = join("bob", "sales");
        bob.says("[32,1,{},'mail/bob']").hears("[33,1,4]");
        bob.says("[32,2,{},'mail/bob']").hears("[33,2,4]");
        String always = "the application and its back-ends, administrator";
        assertThat(result(admin, "carillon.topic.list"))
                .contains(
                        row("broken", Broken.class, "nobody knows: the handler fails when it is asked", always, 0),
                        row("mail/{user}", Mail.class, "the user {user}", always, 2),
                        row("news", News.class, "every user", always, 1).replace("false", "true"),
                        row(
                                "rooms/{room}",
                                Rooms.class,
                                "whom the handler allows",
                                always + ", sales, and whoever is in the room",
                                0),
                        "{'pattern':'prefix chat.','handler':null,'subscribe':'sales','publish':'" + always
                                + ", sales','visitors':false,'subscribers':1}");
    }

    @Test
    void aPatternSubscribesToEveryTopicThatItMayMatch() {
        Peer alice = join("alice", "sales");
        alice.says("[32,1,{'match':'prefix'},'news']").hears("[33,1,1]");
        assertThat(result(join("admin", "administrator"), "carillon.topic.list"))
                .contains("'pattern':'news','handler':'" + News.class.getName()
                        + "','subscribe':'every user','publish':'the application and its back-ends, administrator',"
                        + "'visitors':true,'subscribers':1");
    }

    @Test
    void sessionsAreListedWhoCameLastFirst() {
        Peer admin = join("admin", "administrator");
        router.moveClock(Duration.ofMillis(1500));
        Identity who = new Identity("alice", "sales", Set.of("sales"), "ticket", "container");
        Peer alice = router.connect(new Handshake(null, null, who, "192.0.2.7")).join(TestRouter.REALM);
        alice.says("[32,1,{},'news']").hears("[33,1,1]");
        router.connect(Handshake.APPLICATION).join(TestRouter.REALM); // is none of those
        assertThat(result(admin, "carillon.session.list"))
                .startsWith("[{'session':1002,'authid':'alice','authrole':'sales','authmethod':'ticket',"
                        + "'protocol':'wamp.2.json','address':'192.0.2.7','since':'")
                .contains("01.500Z','subscriptions':1,'registrations':0,'queued_messages':0,'queued_bytes':0},"
                        + "{'session':1001,'authid':'admin',")
                .doesNotContain("application");
        admin.says("[48,2,{},'carillon.session.list',[],{'limit':1}]");
        assertThat(admin.hears()).contains("alice").doesNotContain("admin");
        admin.says("[48,3,{},'carillon.session.get',[1002]]");
        assertThat(admin.hears().replace('"', '\''))
                .contains("'subscriptions':[{")
                .contains("'topic':'news'");
        admin.says("[48,4,{},'carillon.session.get',[1003]]").hearsRefusal(4, "wamp.error.no_such_session");
        admin.says("[48,5,{},'carillon.session.list',[],{'limit':0}]").hearsRefusal(5, "wamp.error.invalid_argument");
    }

    @Test
    void whatWaitsForASlowReaderIsTold() {
        Peer admin = join("admin", "administrator");
        Peer alice = join("alice", "sales").stopsReading();
        alice.says("[32,1,{},'news']");
        router.publish("news", "[1]");
        router.publish("news", "[2]");
        admin.says("[48,1,{},'carillon.session.get',[1002]]");
        assertThat(admin.hears()).contains("\"queued_messages\":3,");
    }

    @Test
    void aHistoryIsListedAndCleared() {
        Peer admin = join("admin", "administrator");
        router.publish("news", "[1]");
        router.moveClock(Duration.ofSeconds(1));
        router.publish("news", "[2]");
        assertThat(result(admin, "carillon.history.list"))
                .matches("\\[\\{'topics':'','match':'prefix','events':2,'oldest':'[^']+','newest':'[^']+',"
                        + "'max_events':1000,'max_age':'PT1H','stored':true}]");
        admin.says("[48,2,{},'carillon.history.clear',['']]").hears("[50,2,{},[2]]");
        assertThat(result(admin, "carillon.history.list")).contains("'events':0,'oldest':null,'newest':null");
        admin.says("[48,3,{},'carillon.history.clear',['']]").hears("[50,3,{},[0]]");
        admin.says("[48,4,{},'carillon.history.clear',['news']]").hearsRefusal(4, "wamp.error.invalid_argument");
    }

    @Test
    void whoWasAwayLearnsOfWhatWasClearedAndWhoMissedNothingDoesNot() {
        Peer admin = join("admin", "administrator");
        router.publish("news", "[1]");
        router.publish("rooms/blue", "[2]");
        admin.says("[48,1,{},'carillon.history.clear',['']]").hears("[50,1,{},[2]]");
        router.publish("news", "[3]");
        Peer alice = join("alice", "sales");
        alice.says("[32,1,{'_after':'epoch1:1'},'news']").hears("[33,1,1]");
        alice.hearsEvent(1, "{'_gap':false,'_position':'epoch1:1'}")
                .hearsEvent(1, "{'_position':'epoch1:3','_replayed':true},[3]");
        alice.says("[32,2,{'_after':'epoch1:0'},'news']").hears("[33,2,1]");
        alice.hearsEvent(1, "{'_gap':true,'_position':'epoch1:3'}");
    }

    @Test
    void retainedEventsAreListedWithoutWhatTheySay() {
        Peer admin = join("admin", "administrator");
        admin.says("[16,1,{'retain':true},'news',['hear ye']]");
        admin.says("[16,2,{'retain':true},'mail/bob',['psst']]");
        assertThat(result(admin, "carillon.retained.list"))
                .matches(
                        "\\[\\{'topic':'mail/bob','events':1,'bytes':\\d+},\\{'topic':'news','events':1,'bytes':\\d+}]");
        admin.says("[48,3,{},'carillon.retained.list',['n']]");
        assertThat(admin.hears()).contains("news").doesNotContain("mail");
        admin.says("[48,4,{},'carillon.retained.list',[],{'limit':1}]");
        assertThat(admin.hears()).contains("mail").doesNotContain("news");
        admin.says("[48,5,{},'carillon.retained.clear',['mail/bob']]").hears("[50,5,{},[1]]");
        assertThat(result(admin, "carillon.retained.list")).doesNotContain("mail");
    }

    @Test
    void tryingPublishesNothingAndSaysWhatWouldBe() {
        Peer alice = join("alice", "sales").says("[32,1,{},'news']").hears("[33,1,1]");
        Peer admin = join("admin", "administrator");
        assertThat(tried(admin, "'news',{'a':1}"))
                .isEqualTo("{'declared':true,'handler':'" + News.class.getName()
                        + "','receivers':'everybody','payload':{'a':1}}");
        assertThat(tried(admin, "'rooms/blue','hi'"))
                .endsWith("'receivers':{'users':['ann','ben'],'roles':['sales'],'sessions':[7]},'payload':'hi'}");
        assertThat(tried(admin, "'rooms/empty','hi'")).endsWith("'receivers':'nobody','payload':'hi'}");
        assertThat(tried(admin, "'rooms/closed','hi'"))
                .endsWith("'refused':'the room is closed','error':'wamp.error.not_authorized'}");
        assertThat(tried(admin, "'rooms/cracked','hi'"))
                .endsWith("'refused':'the handler of this topic failed','error':'carillon.error.internal'}");
        assertThat(tried(admin, "'other',null"))
                .isEqualTo("{'declared':false,'handler':null,'receivers':'everybody','payload':null}");
        assertThat(tried(admin, "'wamp.session.on_join',1")).contains("'error':'wamp.error.invalid_uri'");
        assertThat(tried(admin, "'a..b',1")).contains("'error':'wamp.error.invalid_uri'");
        alice.hearsNothing();
        assertThat(router.metrics().publications()).isZero();
    }

    @Test
    void countersAndConfiguration() {
        Peer admin = join("admin", "administrator");
        router.publish("news", "[1]");
        assertThat(result(admin, "carillon.counters"))
                .contains("{'name':'carillon.sessions.joined','kind':'counter','labels':{'realm':'realm1'},'value':1}")
                .contains("'labels':{'realm':'realm1','topic':'news'},'value':1}");
        assertThat(result(admin, "carillon.configuration"))
                .isEqualTo("[{'key':'carillon.publish.rate','value':'20','default':true}]");
    }

    @Test
    void nobodyRegistersWhatTheRouterServes() {
        Identity billing = new Identity("billing", "backend", Set.of(Identity.BACKEND), "ticket", "secret");
        Peer peer = router.connect(new Handshake(null, null, billing)).join(TestRouter.REALM);
        for (String procedure : PROCEDURES) {
            peer.says("[64,1,{},'" + procedure + "']");
            assertThat(peer.hears()).startsWith("[8,64,1,{},");
        }
    }

    private static String row(String pattern, Class<?> handler, String subscribe, String publish, int subscribers) {
        return "{'pattern':'" + pattern + "','handler':'" + handler.getName() + "','subscribe':'" + subscribe
                + "','publish':'" + publish + "','visitors':false,'subscribers':" + subscribers + "}";
    }

    /** The one result of a call, with single quotes. */
    private static String result(Peer peer, String procedure) {
        return peer.says("[48,9,{},'" + procedure + "']")
                .hears()
                .replace('"', '\'')
                .replaceFirst("^\\[50,9,\\{},\\[(.*)]]$", "$1");
    }

    private static String tried(Peer peer, String arguments) {
        return peer.says("[48,9,{},'carillon.topic.try',[" + arguments + "]]")
                .hears()
                .replace('"', '\'')
                .replaceFirst("^\\[50,9,\\{},\\[(.*)]]$", "$1");
    }

    private Peer join(String user, String role) {
        return router.join(user, role);
    }

    private static TestRouter router(String... permissions) {
        List<Permission> granted = Stream.of(permissions).map(Permission::parse).toList();
        List<Permission> all = Stream.concat(granted.stream(), ADMINISTRATORS.permissions().stream())
                .toList();
        return served(topics(new Grants(all, List.of())), granted, ADMINISTRATORS);
    }

    private static TestRouter served(Topics topics, List<Permission> permissions, AdminSettings settings) {
        List<Setting> configuration = List.of(new Setting("carillon.publish.rate", "20", true));
        AdminProcedures procedures = new AdminProcedures(
                topics, permissions, settings, configuration, history -> true, List.of(TestRouter.REALM));
        return TestRouter.with(
                        RealmSettings.of(Authenticator::anybody, topics).with(topics), HistorySettings.EVERYTHING)
                .serving(procedures::serveIn);
    }

    private static Topics topics(Grants grants) {
        return new Topics.Builder()
                .add(TestTopic.forVisitors("news"), News.class, new News())
                .add(TestTopic.of("mail/{user}"), Mail.class, new Mail())
                .add(TestTopic.of("rooms/{room}"), Rooms.class, new Rooms())
                .add(TestTopic.of("broken"), Broken.class, new Broken())
                .build(grants, TestTopic.SURROUNDINGS);
    }

    static final class News extends BroadcastTopic {
        @Override
        public void onSubscribe(Subscriber who, UriPattern topics) {}
    }

    static final class Mail extends SecuredTopic {}

    static final class Rooms implements TopicHandler {
        @Override
        public void onSubscribe(Subscriber who, TopicRequest request) {}

        @Override
        public boolean mayPublish(Publisher who, TopicRequest request) {
            return who.name().equals(request.get("room"));
        }

        @Override
        public String publishersInWords() {
            return "whoever is in the room";
        }

        @Override
        public void onPublish(Publisher who, TopicRequest request, Delivery delivery) {
            switch (request.get("room")) {
                case "closed" -> throw new Denied("the room is closed");
                case "cracked" -> throw new IllegalStateException("cracked");
                case "empty" -> {}
                default -> {
                    delivery.toUsers("ben", "ann");
                    delivery.toRoles("sales");
                    delivery.toSessions(7);
                }
            }
        }
    }

    static final class Broken implements TopicHandler {
        @Override
        public void onSubscribe(Subscriber who, TopicRequest request) {}

        @Override
        public String subscribersInWords() {
            throw new IllegalStateException("broken");
        }
    }
}
