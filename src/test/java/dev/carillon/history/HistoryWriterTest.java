package dev.carillon.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Receivers;
import dev.carillon.support.HandMovedClock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Starts, ends and outages of a store, whose tasks run when the test says so. */
class HistoryWriterTest {

    private static final HistorySettings ORDERS = HistorySettings.parse("prefix orders/ keep 1200");
    private static final HistorySettings CHAT = HistorySettings.parse("exact chat");

    private final HandMovedClock clock = new HandMovedClock();
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final RememberingStore store = new RememberingStore();
    private final HistoryWriter writer = new HistoryWriter(store, tasks::add, clock);

    @Test
    void appendingWaitsForNoStore() {
        History orders = open(ORDERS, "e1");
        publish(orders, 3);
        assertThat(store.events("orders/")).isEmpty();

        tick();
        assertThat(store.events("orders/")).isEqualTo(orders.oldestFirst().toList());
    }

    @Test
    void afterAnOrderlyEndPositionsGoOn() {
        History before = open(ORDERS, "e1");
        publish(before, 3);
        finish(writer);

        History after = openAnew("e2");
        assertThat(after.position()).isEqualTo("e1:3");
        publish(after, 1);
        assertThat(after.after("e1:2", ORDERS.topics()))
                .hasValueSatisfying(missed -> assertThat(missed).hasSize(2));
    }

    @Test
    void anEndBehindWhichSomethingWasPublishedIsNoOrderlyOne() {
        History before = open(ORDERS, "e1");
        publish(before, 3);
        boolean noted = finish(writer, () -> {
            assertThat(store.events("orders/")).as("asked at the very end").hasSize(3);
            return false;
        });
        assertThat(noted).isFalse();

        History after = openAnew("e2");
        assertThat(after.position()).isEqualTo("e2:3");
        assertThat(after.oldestFirst()).as("what came in time is stored").hasSize(3);
    }

    @Test
    void afterACrashTheEpochIsAnotherAndTheEventsAreStillThere() {
        History before = open(ORDERS, "e1");
        publish(before, 3);
        tick();
        publish(before, 1); // lost

        History after = openAnew("e2");
        assertThat(after.position()).isEqualTo("e2:3");
        assertThat(after.after("e1:3", ORDERS.topics()))
                .as("somebody who has seen all that is stored")
                .isEmpty();
        assertThat(after.oldestFirst()).hasSize(3);
    }

    @Test
    void aCrashRightAfterTheStartIsACrashToo() {
        finish(openedWriter("e1"));
        openedWriter("e2");
        assertThat(openAnew("e3").epoch()).isEqualTo("e3");
    }

    @Test
    void manyEventsGoInBatches() {
        History orders = open(ORDERS, "e1");
        publish(orders, 1100);
        tick();
        assertThat(store.batches).containsExactly(500, 500, 100);
    }

    @Test
    void anOutageCostsNothingButTime() {
        History orders = open(ORDERS, "e1");
        store.isDown = true;
        publish(orders, 700);
        tick();
        publish(orders, 700);
        tick();
        assertThat(store.attempts).as("it rests").isEqualTo(1);

        store.isDown = false;
        clock.move(Duration.ofSeconds(2));
        tick();
        assertThat(store.events("orders/")).isEqualTo(orders.oldestFirst().toList());
        assertThat(store.events("orders/")).as("as many as are kept").hasSize(1200);
        finish(writer);
        assertThat(openAnew("e2").position()).isEqualTo("e1:1400");
    }

    @Test
    void theLongerAnOutageTheRarerTheAttempts() {
        History orders = open(ORDERS, "e1");
        publish(orders, 1);
        store.isDown = true;
        IntStream.range(0, 600).forEach(second -> {
            tick();
            clock.move(Duration.ofSeconds(1));
        });
        assertThat(store.attempts).isBetween(10, 20);
    }

    @Test
    void whatCannotBeStoredDoesNotKeepOthersFromIt() {
        History orders = open(ORDERS, "e1");
        History chat = open(CHAT, "e2");
        store.poison = "orders/";
        publish(orders, 1);
        publish(chat, 2);
        tick();
        assertThat(store.events("chat")).hasSize(2);
    }

    @Test
    void onlyWhatCannotBeStoredRests() {
        History orders = open(ORDERS, "e1");
        History chat = open(CHAT, "e2");
        store.poison = "orders/";
        publish(orders, 1);
        for (int second = 1; second <= 600; second++) {
            publish(chat, 1);
            tick();
            assertThat(store.events("chat")).hasSize(second);
            clock.move(Duration.ofSeconds(1));
        }
        assertThat(store.attempts - 600).as("of the other one").isBetween(10, 20);
    }

    @Test
    void anEndDuringAnOutageIsNoOrderlyOne() {
        History orders = open(ORDERS, "e1");
        publish(orders, 3);
        store.isDown = true;
        assertThatThrownBy(() -> finish(writer))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(EventStore.Failed.class);

        store.isDown = false;
        assertThat(openAnew("e2").position()).isEqualTo("e2:0");
    }

    @Test
    void theEndWritesWhatIsLeftEvenIfTheStoreRests() {
        History orders = open(ORDERS, "e1");
        publish(orders, 3);
        store.isDown = true;
        tick();
        store.isDown = false;
        finish(writer);
        assertThat(openAnew("e2").position()).isEqualTo("e1:3");
    }

    @Test
    void whoseHistoryWasTakenOverWritesNoMore() {
        History first = open(ORDERS, "e1");
        History second = openAnew("e2");
        publish(first, 5);
        tick();
        finish(writer);
        publish(second, 1);

        assertThat(store.events("orders/")).isEmpty();
        assertThat(second.position()).isEqualTo("e2:1");
        assertThat(openAnew("e3").epoch())
                .as("the first one's end does not count")
                .isEqualTo("e3");
    }

    @Test
    void aStoreThatIsDownAtTheStartIsToldOf() {
        store.isDown = true;
        assertThatThrownBy(() -> open(ORDERS, "e1"))
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(EventStore.Failed.class);
    }

    @Test
    void whatIsDroppedFromMemoryIsDroppedFromTheStore() {
        History orders = open(ORDERS, "e1");
        publish(orders, 2);
        tick();
        clock.move(Duration.ofMinutes(61));
        tick();
        assertThat(store.events("orders/")).isEmpty();
    }

    @Test
    void whatIsClearedGoesFromTheStoreAndPositionsGoOnWithAGap() {
        History before = open(ORDERS, "e1");
        publish(before, 3);
        tick();
        before.clear();
        tick();
        assertThat(store.events("orders/")).isEmpty();
        finish(writer);

        History after = openAnew("e2");
        assertThat(after.position()).isEqualTo("e1:3");
        assertThat(after.after("e1:2", ORDERS.topics())).as("the third is gone").isEmpty();
        publish(after, 1);
        assertThat(after.after("e1:3", ORDERS.topics()))
                .hasValueSatisfying(missed -> assertThat(missed).hasSize(1));
    }

    @Test
    void whatIsClearedBeforeItWasWrittenNeverIs() {
        History orders = open(ORDERS, "e1");
        publish(orders, 3);
        orders.clear();
        publish(orders, 1);
        tick();
        assertThat(store.events("orders/"))
                .isEqualTo(orders.oldestFirst().toList())
                .hasSize(1);
    }

    @Test
    void ticksDoNotPileUpBehindASlowStore() {
        open(ORDERS, "e1");
        writer.tick();
        writer.tick();
        assertThat(tasks).hasSize(1);
    }

    @Test
    void aWriterOnAThreadOfItsOwnMissesNothing() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try {
            HistoryWriter another = new HistoryWriter(store, thread, clock);
            History orders = another.open("realm1", ORDERS, "e1").get(20, TimeUnit.SECONDS);
            for (int i = 0; i < 20_000; i++) {
                publish(orders, 1);
                if (i % 7 == 0) {
                    another.tick();
                }
            }
            another.finish(() -> true).get(20, TimeUnit.SECONDS);
            assertThat(store.events("orders/"))
                    .hasSize(1200)
                    .isEqualTo(orders.oldestFirst().toList());
            assertThat(orders.position()).isEqualTo("e1:20000");
        } finally {
            thread.shutdownNow();
        }
    }

    private History open(HistorySettings settings, String epoch) {
        return open(writer, settings, epoch);
    }

    private History open(HistoryWriter by, HistorySettings settings, String epoch) {
        var opened = by.open("realm1", settings, epoch);
        runTasks();
        return opened.join();
    }

    /** By the next run of the application. */
    private History openAnew(String epoch) {
        return open(new HistoryWriter(store.nextRun(), tasks::add, clock), ORDERS, epoch);
    }

    private HistoryWriter openedWriter(String epoch) {
        HistoryWriter another = new HistoryWriter(store.nextRun(), tasks::add, clock);
        open(another, ORDERS, epoch);
        return another;
    }

    private void tick() {
        writer.tick();
        runTasks();
    }

    private void finish(HistoryWriter which) {
        assertThat(finish(which, () -> true)).isTrue();
    }

    private boolean finish(HistoryWriter which, BooleanSupplier all) {
        var finished = which.finish(all);
        runTasks();
        return finished.join();
    }

    private void runTasks() {
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
    }

    private static void publish(History history, int times) {
        for (int i = 0; i < times; i++) {
            history.append(
                    new Uri("orders/1"), new PublicationId(i + 1), Dict.EMPTY, Payload.of(i), Receivers.EVERYBODY);
        }
    }
}
