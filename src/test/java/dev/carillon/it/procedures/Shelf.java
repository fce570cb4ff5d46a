package dev.carillon.it.procedures;

import jakarta.ejb.Singleton;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;

/** Remembers how a transaction has ended. */
@Singleton
public class Shelf {

    private volatile int end;

    public void remember(TransactionSynchronizationRegistry transactions) {
        transactions.registerInterposedSynchronization(new Synchronization() {
            @Override
            public void beforeCompletion() {}

            @Override
            public void afterCompletion(int status) {
                end = status;
            }
        });
    }

    public int end() {
        return end;
    }
}
