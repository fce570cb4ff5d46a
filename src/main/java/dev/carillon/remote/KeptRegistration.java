package dev.carillon.remote;

import dev.carillon.client.CallHandler;
import dev.carillon.client.ClientSession;
import dev.carillon.client.RequestFailed;
import dev.carillon.client.WampSession;
import dev.carillon.executor.Timers;
import dev.carillon.protocol.ErrorUri;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A procedure that is served from session to session. */
final class KeptRegistration implements WampSession.Registration {

    /** After a lost connection the router may hold the old session, and its procedures, until that misses a ping. */
    private static final int TRIES_WHILE_TAKEN = 8;

    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(10);

    private final String procedure;
    private final CallHandler handler;
    private final Timers timers;
    private final Consumer<KeptRegistration> forget;
    private final Consumer<String> refused;
    private final CompletableFuture<WampSession.Registration> accepted = new CompletableFuture<>();

    // all guarded by this
    private boolean ready; // whether a router has accepted it, in this session or before
    private boolean active = true;
    private @Nullable ClientSession joining; // the last one, open or not
    private WampSession.@Nullable Registration current; // in that session

    KeptRegistration(
            String procedure,
            CallHandler handler,
            Timers timers,
            Consumer<KeptRegistration> forget,
            Consumer<String> refused) {
        this.procedure = procedure;
        this.handler = handler;
        this.timers = timers;
        this.forget = forget;
        this.refused = refused;
        accepted.whenComplete((here, failure) -> {
            if (failure != null) { // also if who waited does not wait any more
                unregister();
            }
        });
    }

    CompletableFuture<WampSession.Registration> accepted() {
        return accepted;
    }

    @Override
    public String procedure() {
        return procedure;
    }

    void join(ClientSession session) {
        join(session, 1);
    }

    private void join(ClientSession session, int attempt) {
        synchronized (this) {
            if (!active || !session.isOpen()) {
                return;
            }
            joining = session;
            current = null;
        }
        session.register(procedure, handler, reason -> revoked(session, reason))
                .whenComplete((registration, failure) -> {
                    if (failure == null) {
                        joined(session, registration);
                    } else if (KeptSubscription.cause(failure) instanceof RequestFailed denied) {
                        refused(session, denied, attempt);
                    } // else the session has ended, and the next one comes
                });
    }

    private void joined(ClientSession session, WampSession.Registration registration) {
        boolean isWanted;
        synchronized (this) {
            ready = true;
            isWanted = active;
            if (session == joining) { // else this is late, and the next session has begun
                current = registration;
            }
        }
        if (!isWanted) {
            registration.unregister();
        }
        accepted.complete(this);
    }

    private void refused(ClientSession session, RequestFailed denied, int attempt) {
        boolean hadIt;
        synchronized (this) {
            hadIt = ready;
        }
        boolean isTaken = denied.error().equals(ErrorUri.PROCEDURE_ALREADY_EXISTS.value());
        if (hadIt && isTaken && attempt < TRIES_WHILE_TAKEN) {
            timers.after(BETWEEN_TRIES, () -> join(session, attempt + 1));
            return;
        }
        synchronized (this) {
            active = false;
        }
        forget.accept(this);
        if (hadIt) {
            refused.accept(String.valueOf(denied.getMessage()));
        } else {
            accepted.completeExceptionally(denied);
        }
    }

    private void revoked(ClientSession session, String reason) {
        synchronized (this) {
            if (session != joining) {
                return; // the next session has been asked
            }
            active = false;
            current = null;
        }
        forget.accept(this);
        refused.accept("the router has ended the registration: " + reason);
    }

    void abandon(RuntimeException why) {
        synchronized (this) {
            active = false;
        }
        accepted.completeExceptionally(why);
    }

    @Override
    public CompletableFuture<Void> unregister() {
        WampSession.Registration inSession;
        synchronized (this) {
            active = false;
            inSession = current;
            current = null;
        }
        forget.accept(this);
        return inSession == null
                ? CompletableFuture.completedFuture(null)
                : inSession.unregister().exceptionally(endedWithItsSession -> null);
    }
}
