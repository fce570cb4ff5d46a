package dev.carillon.notification;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is collected in the course of a transaction and is told as a whole when that has committed; after a rollback it is
 * forgotten. Without a transaction each piece is told at once. In order with the notifications that are fired.
 *
 * @param <T> what it is collected in
 */
public final class PerTransaction<T> {

    private final NotificationRelay relay;
    private final Supplier<T> empty;
    private final Function<T, List<Notification>> told;

    /**
     * @param empty called at the first piece of a transaction, on its thread
     * @param told makes notifications of all that was collected, on a thread of the router's
     */
    public PerTransaction(NotificationRelay relay, Supplier<T> empty, Function<T, List<Notification>> told) {
        this.relay = relay;
        this.empty = empty;
        this.told = told;
    }

    /**
     * Adds to what is collected in the current transaction.
     *
     * @throws RuntimeException what {@code piece} and the supplier throw, and nothing else
     */
    public void collect(Consumer<T> piece) {
        BusinessTransaction transaction = BusinessTransaction.current();
        @SuppressWarnings("unchecked") // only here something is attached by this key
        T known = (T) transaction.attached(this);
        if (known != null) {
            piece.accept(known);
            return;
        }
        T collected = empty.get();
        piece.accept(collected);
        transaction.attach(this, collected);
        transaction.afterCommit(() -> relay.tell(() -> told.apply(collected)));
    }
}
