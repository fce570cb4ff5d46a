package dev.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Yield;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Parts and the answer of one call, sent by two threads over a connection that takes its time. */
class CalleeTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final CountDownLatch partIsOnItsWay = new CountDownLatch(1);
    private final CountDownLatch partMayGoOn = new CountDownLatch(1);
    private final List<String> sent = Collections.synchronizedList(new ArrayList<>());
    private final CompletableFuture<Object> result = new CompletableFuture<>();
    private final List<Consumer<Arguments>> progress = new ArrayList<>();

    @Test
    void anAnswerDoesNotOvertakeThePartThatIsBeingSent() throws InterruptedException {
        Callee callee = new Callee(connection(), new JsonbMapping(), Runnable::run);
        callee.add(
                new RegistrationId(1),
                "reports.yearly",
                call -> {
                    progress.add(call.progress());
                    return result;
                },
                reason -> {});
        callee.invoked(new Invocation(
                new RequestId(1), new RegistrationId(1), Dict.of("receive_progress", true), Payload.of()));

        Thread reporting = thread(() -> progress.get(0).accept(Arguments.of("half")));
        assertThat(partIsOnItsWay.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        Thread answering = thread(() -> result.complete("whole"));
        awaitWaitingOrDone(answering);
        partMayGoOn.countDown();
        reporting.join(SOON.toMillis());
        answering.join(SOON.toMillis());
        progress.get(0).accept(Arguments.of("late"));

        assertThat(sent).containsExactly("part", "answer");
    }

    private Connection connection() {
        return new Connection() {
            @Override
            public void send(Message message) {
                boolean isPart = ((Yield) message).options().has("progress");
                if (isPart) {
                    partIsOnItsWay.countDown();
                    awaitPermission();
                }
                sent.add(isPart ? "part" : "answer");
            }

            @Override
            public void close() {
                throw new AssertionError("nobody closes this");
            }
        };
    }

    private void awaitPermission() {
        try {
            assertThat(partMayGoOn.await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Thread thread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        return thread;
    }

    private static void awaitWaitingOrDone(Thread thread) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (thread.getState() != Thread.State.BLOCKED && thread.isAlive() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
    }
}
