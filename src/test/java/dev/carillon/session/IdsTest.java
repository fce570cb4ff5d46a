package dev.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.MessageReader;
import dev.carillon.realm.Realm;
import dev.carillon.realm.RealmSettings;
import dev.carillon.realm.Surroundings;
import dev.carillon.router.JoinRate;
import dev.carillon.router.Router;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Handshake;
import dev.carillon.support.Peer;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Basic Profile, "IDs". */
class IdsTest {

    @Test
    void randomIdsLieBetweenOneAndTwoToThe53rdAndAreSpreadOverAllOfIt() {
        LongSupplier ids = Ids.random(new Random(17));
        long[] drawn = LongStream.generate(ids).limit(100_000).toArray();
        assertThat(LongStream.of(drawn).allMatch(id -> id >= 1 && id <= MessageReader.MAX_ID))
                .isTrue();
        assertThat(LongStream.of(drawn).distinct().count()).isEqualTo(drawn.length);
        assertThat(LongStream.of(drawn)
                        .filter(id -> id > MessageReader.MAX_ID / 2)
                        .count())
                .isBetween(49_000L, 51_000L);
    }

    @Test
    void aSessionNeverGetsTheIdOfAnotherThatLives() {
        Iterator<Long> drawn = List.of(5L, 5L, 5L, 6L).iterator();
        RealmSettings settings = RealmSettings.of(Authenticator::anybody, Authorizer.OPEN);
        Metrics metrics = new Metrics();
        Router router = new Router(
                List.of(new Realm(
                        "realm1",
                        settings,
                        new Surroundings(
                                drawn::next,
                                InstantSource.system(),
                                (delay, task) -> () -> {},
                                Runnable::run,
                                metrics))),
                OutboxLimits.DEFAULT,
                JoinRate.UNLIMITED,
                metrics);
        assertThat(new Peer(router, Handshake.UNKNOWN)
                        .join("realm1")
                        .session()
                        .id()
                        .value())
                .isEqualTo(5);
        assertThat(new Peer(router, Handshake.UNKNOWN)
                        .join("realm1")
                        .session()
                        .id()
                        .value())
                .isEqualTo(6);
    }
}
