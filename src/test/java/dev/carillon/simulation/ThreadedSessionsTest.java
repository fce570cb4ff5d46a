package dev.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/** Sessions with a thread each, as a container has it: what the lock and the outboxes must bear. */
class ThreadedSessionsTest {

    private static final int SESSIONS = 6;
    private static final int PUBLICATIONS = 150; // of each
    private static final int CALLS = 60; // of each
    private static final int PASSERS_BY = 2;
    private static final Pattern EVENT = Pattern.compile("\\[36,\\d+,\\d+,\\{},\\[(\\d+),(\\d+)]]");
    private static final Pattern INVOCATION = Pattern.compile("\\[68,(\\d+),\\d+,\\{},\\[(\\d+),(\\d+)]]");
    private static final Pattern RESULT = Pattern.compile("\\[50,(\\d+),\\{},\\[(\\d+)]]");

    private final long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    private final TestRouter router = TestRouter.open();
    private final CyclicBarrier together = new CyclicBarrier(SESSIONS);
    private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS + PASSERS_BY);
    private final ExecutorService network = Executors.newFixedThreadPool(2);
    /** As containers do: told by a thread of the network, or by the sender's own at once. */
    private final Executor sooner = task -> {
        if (ThreadLocalRandom.current().nextInt(3) == 0) {
            task.run();
        } else {
            network.execute(task);
        }
    };

    @AfterEach
    void stop() {
        threads.shutdownNow();
        network.shutdownNow();
    }

    @RepeatedTest(5)
    void everyEventArrivesOnceAndInOrderAndEveryCallIsAnsweredOnce() throws Exception {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            all.add(threads.submit(new Participant(i)));
        }
        for (int i = 0; i < PASSERS_BY; i++) {
            all.add(threads.submit(this::passBy));
        }
        for (Future<?> each : all) {
            each.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        }
        assertThat(router.metrics().sessionsLeft()).isEqualTo(router.metrics().sessionsJoined());
        assertThat(router.metrics().publications()).isEqualTo(SESSIONS * (PUBLICATIONS + 1));
        assertThat(router.metrics().calls()).isGreaterThanOrEqualTo(SESSIONS * CALLS);
        assertThat(router.metrics().sessionsTooSlow()).isZero();
        assertThat(router.metrics().violations()).isZero();
    }

    /** Comes, subscribes, calls, and goes without hearing the answer; again and again. */
    private Void passBy() throws InterruptedException {
        for (int i = 0; i < 30; i++) {
            ThreadedMember member = new ThreadedMember(router.router(), sooner, deadline);
            member.says("[1,'realm1',{'roles':{'caller':{}}}]");
            member.says("[32,1,{},'t']");
            member.says("[64,2,{},'p.passing." + Thread.currentThread().getId() + "']");
            member.says("[48,3,{},'p." + i % SESSIONS + "',[999," + i + "]]");
            assertThat(member.hears()).startsWith("[2,");
            if (i % 2 == 0) {
                member.vanishes();
            } else {
                member.says("[6,{},'wamp.close.normal']");
                member.vanishes();
            }
        }
        return null;
    }

    /** One session, from HELLO to GOODBYE, all said by one thread. */
    private final class Participant implements Callable<Void> {
        private final int number;
        private final Random random;
        private final ThreadedMember member = new ThreadedMember(router.router(), sooner, deadline);
        private final int[] lastEventOf = new int[SESSIONS];
        private final int[] lastCallOf = new int[SESSIONS];
        private final Map<Integer, Integer> answers = new HashMap<>();
        private int events;
        private int invocations;

        Participant(int number) {
            this.number = number;
            this.random = new Random(number);
        }

        @Override
        public Void call() throws Exception {
            member.says("[1,'realm1',{'roles':{'caller':{}}}]");
            assertThat(member.hears()).startsWith("[2,");
            member.says("[32,1,{},'t']");
            assertThat(member.hears()).startsWith("[33,1,");
            member.says("[64,2,{},'p." + number + "']");
            assertThat(member.hears()).startsWith("[65,2,");
            together.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            speak();
            while (answers.size() < CALLS) {
                take(member.hears());
            }
            // The last publication says: I need no more answers. Until all have said so, others may need one of mine.
            publish(PUBLICATIONS + 1);
            while (events < SESSIONS * (PUBLICATIONS + 1)) {
                take(member.hears());
            }
            member.says("[6,{},'wamp.close.normal']");
            String last = member.hears();
            while (!last.startsWith("[6,")) { // passers-by may still have called
                take(last);
                last = member.hears();
            }
            member.hearsTheEnd();
            member.vanishes();
            assertThat(member.wasSentToByTwoAtOnce()).isFalse();
            assertThat(member.session().outbox().messages()).isZero();
            assertThat(member.session().outbox().bytes()).isZero();
            return null;
        }

        private void speak() {
            int published = 0;
            int called = 0;
            while (published < PUBLICATIONS || called < CALLS) {
                if (called == CALLS || published < PUBLICATIONS && random.nextInt(PUBLICATIONS + CALLS) >= CALLS) {
                    publish(++published);
                } else {
                    called++;
                    int callee = random.nextInt(SESSIONS);
                    member.says("[48," + (100 + called) + ",{},'p." + callee + "',[" + number + "," + called + "]]");
                }
                for (String heard = member.hearsNow(); !heard.isEmpty(); heard = member.hearsNow()) {
                    take(heard);
                }
            }
        }

        private void publish(int publication) {
            member.says("[16,7,{'exclude_me':false},'t',[" + number + "," + publication + "]]");
        }

        private void take(String message) {
            Matcher event = EVENT.matcher(message);
            Matcher invocation = INVOCATION.matcher(message);
            Matcher result = RESULT.matcher(message);
            if (event.matches()) {
                int publisher = Integer.parseInt(event.group(1));
                assertThat(Integer.parseInt(event.group(2))).isEqualTo(++lastEventOf[publisher]);
                events++;
            } else if (invocation.matches()) {
                answer(invocation);
            } else if (result.matches()) {
                int request = Integer.parseInt(result.group(1));
                assertThat(answers.put(request, 1))
                        .as("an answer to %s before", request)
                        .isNull();
                assertThat(Integer.parseInt(result.group(2))).isEqualTo(request - 100);
            } else {
                throw new AssertionError("session " + number + " heard " + message);
            }
        }

        private void answer(Matcher invocation) {
            assertThat(Integer.parseInt(invocation.group(1))).isEqualTo(++invocations);
            int caller = Integer.parseInt(invocation.group(2));
            int call = Integer.parseInt(invocation.group(3));
            if (caller < SESSIONS) {
                assertThat(call).isGreaterThan(lastCallOf[caller]);
                lastCallOf[caller] = call;
            }
            member.says("[70," + invocations + ",{},[" + call + "]]");
        }
    }
}
