package dev.carillon.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private final Metrics metrics = new Metrics();

    @Test
    void figuresAreOfARealmAndOfAPatternOfTopics() {
        metrics.realm("shop").topics("orders/{id}").publications.increment();
        metrics.realm("shop").topics("orders/{id}").events.add(3);
        metrics.realm("office").sessionsJoined.increment();

        assertThat(metrics.samples())
                .contains(
                        Sample.counter("carillon.publications", Map.of("realm", "shop", "topic", "orders/{id}"), 1),
                        Sample.counter("carillon.events", Map.of("realm", "shop", "topic", "orders/{id}"), 3),
                        Sample.counter("carillon.sessions.joined", Map.of("realm", "office"), 1),
                        Sample.counter("carillon.sessions.joined", Map.of("realm", "shop"), 0));
    }

    @Test
    void whatIsMeasuredIsLookedAtWhenSomebodyAsks() {
        int[] connections = {1};
        metrics.measure(() -> List.of(Sample.gauge("carillon.connections", Map.of(), connections[0])));
        connections[0] = 7;

        assertThat(metrics.samples()).contains(Sample.gauge("carillon.connections", Map.of(), 7));
    }

    @Test
    void everyUriOfTheRouterIsAReasonAndEveryOtherIsNone() throws ReflectiveOperationException {
        for (Class<?> type : List.of(ErrorUri.class, CloseUri.class)) {
            for (Field constant : type.getFields()) {
                assertThat(Reasons.of((Uri) constant.get(null)))
                        .as(constant.getName())
                        .isNotEqualTo(Reasons.OTHER);
            }
        }
        assertThat(Reasons.of(ErrorUri.NOT_AUTHORIZED)).isEqualTo("not_authorized");
        assertThat(Reasons.of(new Uri("com.example.made_up"))).isEqualTo(Reasons.OTHER);
    }

    @Test
    void thereAreNotMoreReasonsThanAMonitoringSystemCanBear() {
        for (int i = 0; i < 1000; i++) {
            metrics.refused("reason" + i);
        }
        List<Sample> refused = metrics.samples().stream()
                .filter(sample -> sample.name().equals("carillon.refused"))
                .toList();
        assertThat(refused).hasSizeLessThanOrEqualTo(101).contains(refused("other", 900));
    }

    @Test
    void topicsThatNobodyDeclaredAreCountedByTheirHistoryOrTogether() {
        TestRouter router = TestRouter.openWith(HistorySettings.parse("prefix news."));
        Peer peer = router.join();
        peer.says("[16,1,{},'news.sports']").says("[16,2,{},'one']").says("[16,3,{},'another']");

        assertThat(router.router().metrics().samples())
                .contains(published("prefix news.", 1), published(RealmMetrics.UNDECLARED, 2));
    }

    @Test
    void refusalsAndEndsAreCountedByReason() {
        TestRouter router = TestRouter.open();
        router.connect().says("[1,'nowhere',{'roles':{'caller':{}}}]");
        Peer peer = router.join();
        peer.says("[48,1,{},'nobody.serves.this']").says("[6,{},'wamp.close.normal']");
        router.join().says("[99]");
        router.join().vanishes();

        assertThat(router.router().metrics().samples())
                .contains(
                        refused("no_such_realm", 1),
                        refused("no_such_procedure", 1),
                        refused("protocol_violation", 1),
                        ended("goodbye", 1),
                        ended("protocol_violation", 1),
                        ended("connection_lost", 1));
    }

    private static Sample published(String topics, double value) {
        return Sample.counter("carillon.publications", Map.of("realm", TestRouter.REALM, "topic", topics), value);
    }

    private static Sample refused(String reason, double value) {
        return Sample.counter("carillon.refused", Map.of("reason", reason), value);
    }

    private static Sample ended(String reason, double value) {
        return Sample.counter("carillon.sessions.ended", Map.of("reason", reason), value);
    }
}
