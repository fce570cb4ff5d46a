package dev.carillon.notification;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.executor.OrderedExecutor;
import dev.carillon.metrics.Reasons;
import dev.carillon.protocol.WampError;
import dev.carillon.router.Router;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes notifications that were fired to the router, after commit and in order. Never throws at who fired. */
public final class NotificationRelay {

    private static final System.Logger LOG = System.getLogger(NotificationRelay.class.getName());

    private final Router router;
    private final String realm; // of a notification that names none
    private final Executor inOrder;
    private final int mostWaiting;
    private volatile Consumer<Optional<String>> rightsChanged = user -> {};
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicBoolean overflowed = new AtomicBoolean(); // and that was logged; until nothing waits any more

    /**
     * @param realm where a notification goes that names none
     * @param mostWaiting how many notifications may wait for the router; 0 for any number
     * @param threads where publishing happens: after commit, the thread of the transaction must not be kept
     */
    public NotificationRelay(Router router, String realm, int mostWaiting, Executor threads) {
        this.router = router;
        this.realm = realm;
        this.inOrder = new OrderedExecutor(threads);
        this.mostWaiting = mostWaiting;
    }

    /** @param listener told, when rights have been looked at again, of whom: a user, or everybody if it is empty */
    public void whenRightsHaveChanged(Consumer<Optional<String>> listener) {
        rightsChanged = listener;
    }

    /** In the transaction, if there is one. */
    void fired(Notification notification) {
        collect(notification, BusinessTransaction.current());
    }

    /** In a thread of its own, which does not have the transaction. */
    void firedAsync(Notification notification) {
        collect(notification, notification.madeIn());
    }

    void fired(RightsChanged change) {
        collect(change, BusinessTransaction.current());
    }

    void firedAsync(RightsChanged change) {
        collect(change, change.madeIn());
    }

    private void collect(RightsChanged change, BusinessTransaction transaction) {
        try {
            transaction.afterCommit(() -> handOver(change));
        } catch (RuntimeException failure) {
            unchecked(failure);
        }
    }

    /** In order with notifications: those that were fired before reach whoever had the right then. */
    private void handOver(RightsChanged change) {
        try {
            inOrder.execute(() -> {
                router.recheck(session -> change.isAbout(session.identity().authid()));
                rightsChanged.accept(change.user());
            });
        } catch (RuntimeException rejected) {
            unchecked(rejected);
        }
    }

    private static void unchecked(Exception cause) {
        LOG.log(WARNING, "CAR-405 rights that have changed could not be looked at again", cause);
    }

    /**
     * Waits until what was handed over is published, if that does not take longer than this.
     *
     * @return false if something is still waiting, which will be published only if it comes before the router is closed
     */
    public boolean finish(Duration atMost) {
        CompletableFuture<Void> reached = new CompletableFuture<>();
        try {
            inOrder.execute(() -> reached.complete(null));
            reached.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException | RuntimeException unfinished) {
            LOG.log(
                    WARNING,
                    "CAR-404 notifications are still waiting to be published as the application stops; those that have"
                            + " to wait longer than the router lives are dropped",
                    unfinished);
        }
        return false;
    }

    /** Publishes what is told of a transaction that has committed, in order with what was fired in it. */
    void tell(Supplier<List<Notification>> all) {
        handOver("what a transaction has changed", () -> all.get().forEach(this::publish));
    }

    private void collect(Notification notification, BusinessTransaction transaction) {
        try {
            if (notification.unmappable() != null) {
                drop(notification, "unmappable", "its payload cannot be mapped by JSON-B", notification.unmappable());
            } else {
                transaction.afterCommit(() -> handOver(notification));
            }
        } catch (RuntimeException failure) {
            drop(notification, "no_transaction", "it could not be kept until commit", failure);
        }
    }

    private void handOver(Notification notification) {
        handOver(notification, () -> publish(notification));
    }

    /** @param what for the log */
    private void handOver(Object what, Runnable publishing) {
        if (waiting.incrementAndGet() > mostWaiting && mostWaiting > 0) {
            waiting.decrementAndGet();
            overflow(what);
            return;
        }
        try {
            inOrder.execute(() -> {
                try {
                    publishing.run();
                } finally {
                    left();
                }
            });
        } catch (RuntimeException rejected) {
            left();
            router.metrics().publicationsTooLate.increment();
            drop(what, "too_late", "the application is stopping", rejected);
        }
    }

    private void left() {
        if (waiting.decrementAndGet() == 0) {
            overflowed.set(false);
        }
    }

    /** Told once, and each is counted: a log that is written for each would be the next thing to run full. */
    private void overflow(Object what) {
        router.metrics().notificationDropped("queue_full");
        if (overflowed.compareAndSet(false, true)) {
            LOG.log(
                    WARNING,
                    "CAR-207 {0} dropped, and so is what follows while {1} notifications wait to be published: more is"
                            + " fired than handlers and the router can take",
                    what,
                    Integer.toString(mostWaiting));
        }
    }

    private void publish(Notification notification) {
        try {
            router.publish(
                    notification.realm().orElse(realm),
                    notification.topic(),
                    notification.payload(),
                    notification.retained());
        } catch (WampError error) {
            router.metrics().notificationDropped(Reasons.of(error.uri()));
            LOG.log(WARNING, "CAR-402 {0} dropped: {1} ({2})", notification, error.sentence(), error.uri());
        }
    }

    private void drop(Object what, String reason, String why, Exception cause) {
        router.metrics().notificationDropped(reason);
        LOG.log(WARNING, "CAR-401 " + what + " dropped: " + why, cause);
    }
}
