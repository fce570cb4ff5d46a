package dev.carillon.executor;

import static java.lang.System.Logger.Level.ERROR;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in the order of their arrival, on the threads of another executor. A task that throws
 * does not keep the next from running.
 */
public final class OrderedExecutor implements Executor {

    private static final System.Logger LOG = System.getLogger(OrderedExecutor.class.getName());

    private final Executor threads;
    private final Queue<Runnable> waiting = new ArrayDeque<>(); // guarded by this
    private boolean running; // guarded by this

    public OrderedExecutor(Executor threads) {
        this.threads = threads;
    }

    /** @throws java.util.concurrent.RejectedExecutionException if the other executor takes nothing any more */
    @Override
    public void execute(Runnable task) {
        synchronized (this) {
            waiting.add(task);
            if (running) {
                return;
            }
            running = true;
        }
        try {
            threads.execute(this::runAll);
        } catch (RuntimeException rejected) {
            synchronized (this) {
                running = false;
                waiting.remove(task);
            }
            throw rejected;
        }
    }

    private void runAll() {
        for (Runnable task = next(); task != null; task = next()) {
            try {
                task.run();
            } catch (RuntimeException | Error failure) { // after an escaped one, nothing would ever run again
                LOG.log(ERROR, "CAR-903 a task failed; what waits behind it goes on", failure);
            }
        }
    }

    private synchronized @Nullable Runnable next() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
