package dev.carillon.remote;

import dev.carillon.client.JsonbMapping;
import dev.carillon.executor.OrderedExecutor;
import dev.carillon.executor.Timers;
import jakarta.websocket.ContainerProvider;
import jakarta.websocket.WebSocketContainer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes a {@link WampClient}. */
public final class Builder {

    private static final int MAX_WAITING_EVENTS = 8192;
    private static final Duration WHEN_BUSY = Duration.ofSeconds(1);

    private final ConnectionSettings settings;
    private @Nullable Credentials credentials; // null: as the connection text says
    private @Nullable WebSocketContainer container; // null: the one that Jakarta WebSocket finds
    private @Nullable Executor threads; // null: some of its own
    private @Nullable ScheduledExecutorService timers; // set with threads
    private ConnectionListener listener = new ConnectionListener() {};

    Builder(ConnectionSettings settings) {
        this.settings = settings;
    }

    /**
     * Joins as a back-end. @param secret the router's {@code carillon.backend.secret}
     *
     * @throws IllegalArgumentException if it has fewer than 16 characters
     */
    public Builder secret(String secret) {
        return credentials(Credentials.secret(secret, settings.authid()));
    }

    /** Joins with one-time tickets from elsewhere. @param tickets called for each session */
    public Builder tickets(Supplier<String> tickets) {
        return credentials(Credentials.tickets(tickets, settings.authid()));
    }

    public Builder anonymous() {
        return credentials(Credentials.anonymous());
    }

    /** Takes the place of what the connection text says. */
    public Builder credentials(Credentials other) {
        this.credentials = other;
        return this;
    }

    /** The WebSocket client to use, if not the one that {@link ContainerProvider} finds. */
    public Builder container(WebSocketContainer webSockets) {
        this.container = webSockets;
        return this;
    }

    /**
     * Threads that others look after, such as the server's: a {@code ManagedExecutorService} and a {@code
     * ManagedScheduledExecutorService}. Otherwise the client has some of its own, which are daemons and end with it.
     */
    public Builder threads(Executor executor, ScheduledExecutorService scheduler) {
        this.threads = executor;
        this.timers = scheduler;
        return this;
    }

    public Builder listener(ConnectionListener connectionListener) {
        this.listener = connectionListener;
        return this;
    }

    /** @throws IllegalStateException if nothing says who the client is */
    public WampClient build() {
        Credentials who = credentials != null
                ? credentials
                : Credentials.of(settings)
                        .orElseThrow(
                                () -> new IllegalStateException(
                                        "Nothing says who the client is: give it a secret, or tickets, or let it be anonymous"));
        if (threads != null && timers != null) {
            return client(who, threads, timers, () -> {});
        }
        ThreadFactory daemons = daemons();
        var own = Executors.newCachedThreadPool(daemons);
        var ownTimers = Executors.newSingleThreadScheduledExecutor(daemons);
        return client(who, own, ownTimers, () -> {
            ownTimers.shutdownNow();
            own.shutdown(); // what is under way, such as GOODBYE, goes on
        });
    }

    private WampClient client(Credentials who, Executor executor, ScheduledExecutorService scheduler, Runnable close) {
        Dialer dialer = new WebSocketDialer(settings, container != null ? container : found());
        Surroundings surroundings = new Surroundings(
                dialer,
                who,
                new JsonbMapping(),
                executor,
                new OrderedExecutor(executor),
                timers(scheduler, executor),
                RandomGenerator.getDefault(),
                MAX_WAITING_EVENTS,
                close);
        return new WampClient(settings, surroundings, listener);
    }

    private static WebSocketContainer found() {
        try {
            return ContainerProvider.getWebSocketContainer();
        } catch (RuntimeException none) {
            throw new IllegalStateException(
                    "There is no WebSocket client; put org.glassfish.tyrus.bundles:tyrus-standalone-client-jdk on the class path",
                    none);
        }
    }

    /** The task runs on one of the other threads: the one that keeps the time must not wait for a lock. */
    private static Timers timers(ScheduledExecutorService scheduler, Executor executor) {
        return (Duration delay, Runnable task) -> {
            try {
                Future<?> scheduled = scheduler.schedule(
                        () -> onItsThread(scheduler, executor, task), delay.toNanos(), TimeUnit.NANOSECONDS);
                return () -> scheduled.cancel(false);
            } catch (RejectedExecutionException | IllegalStateException stopping) {
                return () -> {}; // and with it the client: there is nothing to come back for
            }
        };
    }

    /** If all threads are busy, then later: a client that forgot an attempt would stay away for ever. */
    private static void onItsThread(ScheduledExecutorService scheduler, Executor executor, Runnable task) {
        try {
            executor.execute(task);
        } catch (RejectedExecutionException busy) {
            scheduler.schedule(() -> onItsThread(scheduler, executor, task), WHEN_BUSY.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    private static ThreadFactory daemons() {
        AtomicInteger count = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, "carillon-client-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
