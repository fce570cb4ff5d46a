package dev.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.session.Session;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The guarantees of the specification, after every step of many random runs. */
class RandomScheduleTest {

    private static final String SEED = "carillon.seed";
    private static final String SECONDS = "carillon.simulation.seconds";
    private static final int STEPS = 1000;

    @ParameterizedTest
    @MethodSource("seeds")
    void theGuaranteesHoldAfterEveryStep(long seed) {
        new Simulation(seed).run(STEPS);
    }

    @Test
    @EnabledIfSystemProperty(named = SECONDS, matches = "\\d+")
    @DisabledIfSystemProperty(named = SEED, matches = ".+")
    void theGuaranteesHoldForWhateverSeedsTheTimeAllows() {
        long end = System.nanoTime() + Duration.ofSeconds(Long.getLong(SECONDS)).toNanos();
        Random seeds = new Random();
        int runs = 0;
        while (System.nanoTime() < end) {
            new Simulation(seeds.nextLong()).run(STEPS);
            runs++;
        }
        System.out.println(runs + " random schedules of " + STEPS + " steps");
    }

    @Test
    void theRouterRemembersNobodyWhoHasLeft() throws InterruptedException {
        Simulation simulation = new Simulation(1);
        simulation.run(STEPS);
        List<WeakReference<Session>> left = new ArrayList<>(simulation.sessions());
        assertThat(left).hasSizeGreaterThan(10);
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!left.isEmpty()) {
            System.gc();
            left.removeIf(session -> session.get() == null);
            assertThat(System.nanoTime())
                    .as("time, with %s sessions left", left.size())
                    .isLessThan(deadline);
        }
        assertThat(simulation.router().metrics().sessionsJoined()).isPositive(); // the router itself is still in use
    }

    static LongStream seeds() {
        Long seed = Long.getLong(SEED);
        return seed == null ? LongStream.rangeClosed(1, 15) : LongStream.of(seed);
    }
}
