package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.TestRouter;
import dev.carillon.transport.ConnectionLimits;
import dev.carillon.transport.Connections;
import dev.carillon.transport.TransportSettings;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ConditionTest {

    private final TestRouter router = TestRouter.open();
    private Instant now = Instant.EPOCH;
    private final Condition condition = new Condition(
            router.router(), new Connections(TransportSettings.DEFAULT, ConnectionLimits.NONE, () -> now), () -> now);

    @Test
    void itIsReadyFromItsStartToItsEndUnlessItIsDrained() {
        assertThat(condition.isReady()).isFalse();
        condition.lookedAfter();
        assertThat(condition.isReady()).isTrue();
        router.router().admit(false);
        assertThat(condition.isReady()).isFalse();
        assertThat(condition.state()).isEqualTo("draining");
        router.router().admit(true);
        assertThat(condition.isReady()).isTrue();
        condition.stopped();
        assertThat(condition.isReady()).isFalse();
    }

    @Test
    void itLivesAsLongAsItLooksAfterItsConnections() {
        assertThat(condition.isAlive())
                .as("a router that has not started is no reason to restart")
                .isTrue();
        condition.lookedAfter();
        now = now.plusSeconds(59);
        assertThat(condition.isAlive()).isTrue();
        now = now.plusSeconds(2);
        assertThat(condition.isAlive()).isFalse();
        condition.lookedAfter();
        assertThat(condition.isAlive()).isTrue();
    }
}
