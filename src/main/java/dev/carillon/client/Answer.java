package dev.carillon.client;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The future of a request. It arrives on a thread that belongs to somebody else, and completes on one of the
 * application's: what depends on it must not run on another session's.
 *
 * <p>Whoever waits for it completes it on the waiting thread. So it needs no further one, which could be long in coming
 * where all threads of a small pool wait like this one.
 */
final class Answer<T> extends CompletableFuture<T> {

    private final Executor threads;
    private final CompletableFuture<Supplier<? extends @Nullable T>> arrived = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();

    /** @param abandoned run if the future is canceled, times out or is completed otherwise before the answer is there */
    Answer(Executor threads, Runnable abandoned) {
        this.threads = threads;
        whenComplete((value, failure) -> {
            if (arrived.cancel(false)) {
                abandoned.run();
            }
        });
    }

    Answer(Executor threads) {
        this(threads, () -> {});
    }

    /** @param outcome answers with the value or throws; run once, on a thread of the application */
    void arrive(Supplier<? extends @Nullable T> outcome) {
        if (arrived.complete(outcome)) {
            try {
                threads.execute(this::settle);
            } catch (RejectedExecutionException stopping) {
                settle();
            }
        }
    }

    void fail(RuntimeException failure) {
        arrive(() -> {
            throw failure;
        });
    }

    private void settle() {
        if (arrived.isCancelled() || !settled.compareAndSet(false, true)) {
            return;
        }
        try {
            complete(arrived.join().get());
        } catch (RuntimeException failure) {
            completeExceptionally(failure);
        }
    }

    @Override
    public T join() {
        try {
            arrived.join();
            settle();
        } catch (CancellationException completedBySomebodyElse) {
            // with what follows
        }
        return super.join();
    }

    @Override
    public T get() throws InterruptedException, ExecutionException {
        try {
            arrived.get();
            settle();
        } catch (CancellationException completedBySomebodyElse) {
            // with what follows
        }
        return super.get();
    }

    @Override
    public T get(long timeout, TimeUnit unit) throws InterruptedException, ExecutionException, TimeoutException {
        try {
            arrived.get(timeout, unit);
            settle();
        } catch (CancellationException completedBySomebodyElse) {
            // with what follows
        }
        return super.get(timeout, unit);
    }
}
