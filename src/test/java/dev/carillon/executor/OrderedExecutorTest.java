package dev.carillon.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The other executor is one that runs by hand, so that the test decides when a thread is there. */
class OrderedExecutorTest {

    private final Queue<Runnable> threads = new ArrayDeque<>();
    private boolean rejecting;
    private final OrderedExecutor inOrder = new OrderedExecutor(this::start);
    private final List<String> done = new ArrayList<>();

    @Test
    void tasksRunInTheOrderOfTheirArrivalOnOneThread() {
        inOrder.execute(task("one"));
        inOrder.execute(task("two"));
        inOrder.execute(task("three"));
        assertThat(done).as("before a thread is there").isEmpty();
        assertThat(threads).as("threads asked for").hasSize(1);

        runThread();
        assertThat(done).containsExactly("one", "two", "three");
    }

    @Test
    void anotherThreadIsAskedForOnlyWhenAllIsDone() {
        inOrder.execute(task("one"));
        runThread();

        inOrder.execute(task("two"));
        assertThat(threads).hasSize(1);
        runThread();
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void aTaskThatThrowsDoesNotKeepTheNextFromRunning() {
        inOrder.execute(() -> {
            throw new IllegalStateException("on purpose");
        });
        inOrder.execute(task("next"));
        runThread();
        assertThat(done).containsExactly("next");
    }

    @Test
    void notEvenAnErrorDoes() {
        inOrder.execute(() -> {
            throw new StackOverflowError("on purpose");
        });
        inOrder.execute(task("next"));
        runThread();

        inOrder.execute(task("one later"));
        runThread();
        assertThat(done).containsExactly("next", "one later");
    }

    @Test
    void aTaskGivenByATaskRunsBehindAllThatWaited() {
        inOrder.execute(() -> {
            inOrder.execute(task("given"));
            done.add("giving");
        });
        inOrder.execute(task("waiting"));
        runThread();
        assertThat(done).containsExactly("giving", "waiting", "given");
        assertThat(threads).as("threads asked for").isEmpty();
    }

    @Test
    void tasksDoNotNestWhereTheCallersThreadRunsThem() {
        OrderedExecutor direct = new OrderedExecutor(Runnable::run);
        direct.execute(() -> {
            direct.execute(task("given"));
            done.add("giving");
        });
        assertThat(done).containsExactly("giving", "given");
    }

    @Test
    void whoGivesATaskIsToldThatItIsRejectedAndItNeverRuns() {
        rejecting = true;
        assertThatThrownBy(() -> inOrder.execute(task("rejected"))).isInstanceOf(RejectedExecutionException.class);

        rejecting = false;
        inOrder.execute(task("accepted"));
        runThread();
        assertThat(done).containsExactly("accepted");
    }

    private Runnable task(String name) {
        return () -> done.add(name);
    }

    private void start(Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("on purpose");
        }
        threads.add(task);
    }

    private void runThread() {
        threads.remove().run();
    }
}
