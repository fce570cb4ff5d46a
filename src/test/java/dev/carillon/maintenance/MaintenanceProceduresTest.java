package dev.carillon.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.admin.AdminSettings;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Grants;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.support.HandMovedClock;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.topic.TestTopic;
import dev.carillon.topic.Topics;
import jakarta.json.bind.JsonbBuilder;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What administrators call, what everybody hears of it, and that nobody else has a say. */
class MaintenanceProceduresTest {

    private static final String NOW = "\"2026-11-21T10:00:00Z\"";

    private final HandMovedClock clock = new HandMovedClock();
    private final Maintenance maintenance = new Maintenance(clock, clock, change -> {}, this::publish);
    private final TestRouter router = router();
    private final Peer admin = router.join("admin", "administrator");
    private final Peer visitor = router.join();

    @BeforeEach
    void start() {
        publish(MaintenanceTopic.TOPIC);
    }

    @Test
    void administratorsAndBackendsLockAndUnlock() {
        admin.says(
                "[48,1,{},'carillon.maintenance.lock',[],{'message':'New version','end':'2026-11-21T11:30:00+01:00'}]");
        assertThat(admin.hears())
                .isEqualTo("[50,1,{},[{\"state\":\"closed\",\"message\":\"New version\",\"since\":" + NOW
                        + ",\"start\":" + NOW + ",\"end\":\"2026-11-21T10:30:00Z\",\"by\":\"admin\"}]]");
        Identity billing = new Identity("billing", "backend", Set.of(Identity.BACKEND), "ticket", "secret");
        Peer backend = router.connect(new Handshake(null, null, billing)).join(TestRouter.REALM);
        backend.says("[48,1,{},'carillon.maintenance.status']");
        assertThat(backend.hears()).contains("\"state\":\"closed\"", "\"by\":\"admin\"");
        backend.says("[48,2,{},'carillon.maintenance.unlock']");
        assertThat(backend.hears())
                .isEqualTo("[50,2,{},[{\"state\":\"open\",\"message\":\"\",\"since\":" + NOW
                        + ",\"start\":null,\"end\":null,\"by\":\"billing\"}]]");
    }

    @Test
    void aStartThatIsToComeAnnounces() {
        admin.says("[48,1,{},'carillon.maintenance.lock',[],{'start':'2026-11-21T10:05:00Z'}]");
        assertThat(admin.hears()).contains("\"state\":\"announced\"", "\"start\":\"2026-11-21T10:05:00Z\"");
    }

    @Test
    void whatMakesNoSenseIsAnsweredWithAnErrorOfItsOwn() {
        admin.says("[48,1,{},'carillon.maintenance.unlock']").hearsRefusal(1, "carillon.error.not_closed");
        for (String arguments : List.of(
                "{'start':'2026-11-21T09:00:00Z'}",
                "{'start':'noon'}",
                "{'end':'2026-11-21T09:00:00Z'}",
                "{'start':'2026-11-21T12:00:00Z','end':'2026-11-21T11:00:00Z'}",
                "{'end':'2026-11-21T12:00:00'}",
                "{'end':17}",
                "{'message':['x']}")) {
            admin.says("[48,2,{},'carillon.maintenance.lock',[]," + arguments + "]")
                    .hearsRefusal(2, "wamp.error.invalid_argument");
        }
        admin.says("[48,3,{},'carillon.maintenance.lock']").hears();
        admin.says("[48,4,{},'carillon.maintenance.lock']").hearsRefusal(4, "carillon.error.already_closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock", "unlock", "status"})
    void usersAndVisitorsCallNone(String procedure) {
        for (Peer peer : List.of(router.join("alice", "sales"), visitor, router.join("x", Identity.BACKEND))) {
            peer.says("[48,1,{},'carillon.maintenance." + procedure + "']")
                    .hearsRefusal(1, "wamp.error.not_authorized");
        }
        assertThat(maintenance.status().isOpen()).isTrue();
    }

    @Test
    void visitorsHearOfItAndNotWhoItWas() {
        visitor.says("[32,1,{'get_retained':true},'carillon/maintenance']").hears("[33,1,1]");
        assertThat(visitor.hears()).contains("\"retained\":true", "\"state\":\"open\"");
        admin.says("[48,1,{},'carillon.maintenance.lock',[],{'message':'New version'}]")
                .hears();
        assertThat(visitor.hears())
                .contains("\"state\":\"closed\",\"message\":\"New version\",\"since\":" + NOW + ",\"start\":" + NOW
                        + ",\"end\":null,\"now\":")
                .doesNotContain("admin");
        Peer latecomer = router.join();
        latecomer.says("[32,1,{'get_retained':true},'carillon/maintenance']").hears("[33,1,1]");
        assertThat(latecomer.hears()).contains("\"state\":\"closed\"", "\"retained\":true");
    }

    @Test
    void nobodyPublishesThereAndTheApplicationOnlyHasTheTruthRepeated() {
        visitor.says("[32,1,{},'carillon/maintenance']").hears("[33,1,1]");
        Identity billing = new Identity("billing", "backend", Set.of(Identity.BACKEND), "ticket", "secret");
        Peer backend = router.connect(new Handshake(null, null, billing)).join(TestRouter.REALM);
        for (Peer peer : List.of(router.join("alice", "sales"), admin, backend)) {
            peer.says("[16,1,{'acknowledge':true},'carillon/maintenance',[{'state':'closed'}]]");
            assertThat(peer.hears()).startsWith("[8,16,1,{}").contains("wamp.error.not_authorized");
        }
        visitor.says("[16,2,{'acknowledge':true},'carillon/maintenance',[{'state':'closed'}]]");
        assertThat(visitor.hears()).contains("wamp.error.not_authorized");
        router.publish("carillon/maintenance", "[[{\"state\":\"closed\"}]]");
        assertThat(visitor.hears()).contains("\"state\":\"open\"");
    }

    private void publish(String topic) {
        router.router().publish(TestRouter.REALM, new Uri(topic), Payload.NONE, true);
    }

    private TestRouter router() {
        Topics topics = new Topics.Builder()
                .add(
                        TestTopic.forVisitors(MaintenanceTopic.TOPIC),
                        MaintenanceTopic.class,
                        new MaintenanceTopic(maintenance))
                .build(
                        new Grants(new AdminSettings(List.of("administrator")).permissions(), List.of()),
                        new Topics.Surroundings(Runnable::run, Runnable::run, JsonbBuilder.create(), new Metrics()));
        return TestRouter.with(RealmSettings.of(Authenticator::anybody, topics).with(topics))
                .serving((realm, metrics) -> new MaintenanceProcedures(maintenance).serveIn(realm));
    }
}
