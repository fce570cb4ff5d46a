package dev.carillon.notification;

import static java.lang.System.Logger.Level.WARNING;

import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/**
 * The transaction that some work belongs to, and what is to be done when it has committed. There is one of these for each
 * transaction that asks, with one interposed synchronization.
 *
 * <p>Why not {@code @Observes(during = AFTER_SUCCESS)}: it misses, without a word, events that JPA listeners fire during
 * the flush at commit (jakartaee/cdi #467). And what runs in {@code afterCompletion} must be short and without
 * transactional work, so all that it does is to hand over.
 */
final class BusinessTransaction {

    private static final System.Logger LOG = System.getLogger(BusinessTransaction.class.getName());

    /** No transaction: what is to be done is done at once. */
    private static final BusinessTransaction NONE = new BusinessTransaction(State.COMMITTED);

    private static final String REGISTRY = "java:comp/TransactionSynchronizationRegistry";

    private enum State {
        ACTIVE,
        COMMITTED,
        ROLLED_BACK
    }

    private State state; // guarded by this
    private final List<Runnable> whenCommitted = new ArrayList<>(); // guarded by this
    private final Map<Object, Object> attached = new HashMap<>(); // the transaction's thread only

    private BusinessTransaction(State state) {
        this.state = state;
    }

    /** The current thread's. */
    static BusinessTransaction current() {
        TransactionSynchronizationRegistry registry = registry();
        if (registry == null || registry.getTransactionKey() == null) {
            return NONE;
        }
        int status = registry.getTransactionStatus();
        if (status == Status.STATUS_COMMITTED || status == Status.STATUS_NO_TRANSACTION) {
            return NONE; // in the afterCompletion of somebody else
        }
        if (status != Status.STATUS_ACTIVE && status != Status.STATUS_PREPARING) {
            return new BusinessTransaction(
                    State.ROLLED_BACK); // marked for it, or on its way: nothing can be registered
        }
        Object known = registry.getResource(BusinessTransaction.class);
        return known != null ? (BusinessTransaction) known : join(registry);
    }

    private static BusinessTransaction join(TransactionSynchronizationRegistry registry) {
        BusinessTransaction transaction = new BusinessTransaction(State.ACTIVE);
        try {
            registry.registerInterposedSynchronization(transaction.new End());
        } catch (
                RuntimeException
                        ended) { // timed out, as a rule, since its status was looked at; who fires must not fail
            LOG.log(WARNING, "CAR-403 a transaction cannot be joined any more; what is fired in it is dropped", ended);
            return new BusinessTransaction(State.ROLLED_BACK);
        }
        registry.putResource(BusinessTransaction.class, transaction);
        return transaction;
    }

    private static @Nullable TransactionSynchronizationRegistry registry() {
        try {
            return InitialContext.doLookup(REGISTRY);
        } catch (NamingException noTransactionsHere) { // a thread that is not the container's, or a plain Java program
            return null;
        }
    }

    /** Does it after commit, in the order of these calls; at once if that was before; never after a rollback. */
    void afterCommit(Runnable action) {
        synchronized (this) {
            if (state == State.ROLLED_BACK) {
                return;
            }
            if (state == State.ACTIVE) {
                whenCommitted.add(action);
                return;
            }
        }
        action.run();
    }

    /** What somebody keeps here; null if nothing. On the transaction's thread only, as is {@link #attach}. */
    @Nullable
    Object attached(Object key) {
        return attached.get(key);
    }

    /** Without a transaction nothing is kept. */
    void attach(Object key, Object value) {
        if (this != NONE) {
            attached.put(key, value);
        }
    }

    private void completed(boolean committed) {
        List<Runnable> actions;
        synchronized (this) {
            state = committed ? State.COMMITTED : State.ROLLED_BACK;
            actions = committed ? List.copyOf(whenCommitted) : List.of();
            whenCommitted.clear();
        }
        actions.forEach(Runnable::run);
    }

    private final class End implements Synchronization {
        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            completed(status == Status.STATUS_COMMITTED);
        }
    }
}
