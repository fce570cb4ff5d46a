package dev.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.local.LocalSessions;
import dev.carillon.support.TestRouter;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What threads that share a session may do to each other: nothing. */
class ClientSessionThreadsTest {

    private static final int ROUNDS = 2000;

    /** The router has one subscription for all listeners of a topic: the last may end it, and not under a new one. */
    @Test
    void aListenerThatComesWhileTheLastOneGoesIsHeard() throws Exception {
        TestRouter router = TestRouter.open();
        LocalSessions sessions = new LocalSessions(router.router(), Runnable::run, Runnable::run, 1000);
        WampSession session = sessions.inRealm(TestRouter.REALM);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            CyclicBarrier together = new CyclicBarrier(2);
            for (int round = 0; round < ROUNDS; round++) {
                WampSession.Subscription leaving =
                        session.subscribe("topic", event -> {}).join();
                Future<?> left = other.submit(() -> {
                    together.await();
                    return leaving.unsubscribe().get(5, TimeUnit.SECONDS);
                });
                AtomicInteger heard = new AtomicInteger();
                together.await();
                WampSession.Subscription coming = session.subscribe("topic", event -> heard.incrementAndGet())
                        .get(5, TimeUnit.SECONDS);
                left.get(5, TimeUnit.SECONDS);
                session.publish("topic").get(5, TimeUnit.SECONDS);
                assertThat(heard).as("round %d", round).hasValue(1);
                coming.unsubscribe().get(5, TimeUnit.SECONDS);
            }
        } finally {
            other.shutdownNow();
            sessions.close();
        }
    }
}
