package dev.carillon.remote;

import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.client.ClientSession;
import dev.carillon.client.EventListener;
import dev.carillon.client.EventListener.ReceivedEvent;
import dev.carillon.client.RequestFailed;
import dev.carillon.client.WampSession;
import dev.carillon.protocol.Dict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener that goes on from session to session, and the position up to which it has heard everything.
 *
 * <p>Behind SUBSCRIBED comes a marker that says whether all that was missed is still there, then what was missed, then what
 * happens. What it has had already is not heard again.
 */
final class KeptSubscription implements RemoteSubscription {

    private static final System.Logger LOG = System.getLogger(KeptSubscription.class.getName());

    private final String topic;
    private final SubscribeOptions options;
    private final EventListener listener;
    private final Executor inOrder;
    private final Consumer<KeptSubscription> forget;
    private final Consumer<String> refused;
    private final CompletableFuture<RemoteSubscription> accepted = new CompletableFuture<>();

    // all guarded by this
    private @Nullable Position position; // null: not known
    private boolean owed; // whether it has still to learn what it has missed
    private boolean ready; // whether a router has accepted it, in this session or before
    private boolean active = true;
    private @Nullable ClientSession joining; // the last one, open or not
    private WampSession.@Nullable Subscription current; // in that session

    /**
     * @param inOrder where events are heard
     * @param forget called when it has ended
     * @param refused takes the router's words if it does not serve the topic any more
     */
    KeptSubscription(
            String topic,
            SubscribeOptions options,
            EventListener listener,
            Executor inOrder,
            Consumer<KeptSubscription> forget,
            Consumer<String> refused) {
        this.topic = topic;
        this.options = options;
        this.listener = listener;
        this.inOrder = inOrder;
        this.forget = forget;
        this.refused = refused;
        this.position = options.after().map(Position::of).orElse(null);
        this.owed = options.after().isPresent();
        accepted.whenComplete((here, failure) -> {
            if (failure != null) { // also if who waited does not wait any more
                unsubscribe();
            }
        });
    }

    /** Completes when a router has accepted it for the first time; who cancels it gives the subscription up. */
    CompletableFuture<RemoteSubscription> accepted() {
        return accepted;
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public synchronized Optional<String> position() {
        return Optional.ofNullable(position).map(Position::toString);
    }

    /** @param earlier ids of this client's sessions before, whose own publications were not missed */
    void join(ClientSession session, List<Long> earlier) {
        Dict wanted;
        synchronized (this) {
            if (!active) {
                return;
            }
            joining = session;
            current = null;
            owed |= ready;
            wanted = wanted(earlier);
        }
        session.subscribe(topic, wanted, event -> heard(session, event), reason -> revoked(session, reason))
                .whenComplete((subscription, failure) -> {
                    if (failure == null) {
                        joined(session, subscription);
                    } else if (cause(failure) instanceof RequestFailed denied) {
                        refused(denied);
                    } // else the session has ended, and the next one comes
                });
    }

    private Dict wanted(List<Long> earlier) {
        Map<String, Object> wanted = new LinkedHashMap<>();
        wanted.put("match", options.match());
        wanted.put("_history", true);
        if (position != null) {
            wanted.put("_after", position.toString());
            if (!earlier.isEmpty()) {
                wanted.put("_not_from", earlier);
            }
        } else if (options.retained() && !ready) {
            wanted.put("get_retained", true);
        }
        return new Dict(wanted);
    }

    private void joined(ClientSession session, WampSession.Subscription subscription) {
        boolean isWanted;
        synchronized (this) {
            ready = true;
            isWanted = active;
            if (session == joining) { // else this is late, and the next session has begun
                current = subscription;
            }
        }
        if (!isWanted) {
            subscription.unsubscribe();
        }
        accepted.complete(this);
        // When one more request is answered, the marker is here; a router that knows no history sends none.
        session.roundTrip().thenRunAsync(() -> everythingIsHere(session), inOrder);
    }

    private void everythingIsHere(ClientSession session) {
        synchronized (this) {
            if (!owed || !active || session != joining) {
                return;
            }
            owed = false;
            position = null;
        }
        sayGap();
    }

    private void heard(ClientSession session, ReceivedEvent event) throws Exception {
        if (event.details().has("_gap")) {
            boolean missed = event.dropped() > 0
                    ? dropped(event.position())
                    : marked(session, event.details().flag("_gap", false), event.position());
            if (missed) {
                sayGap();
            }
        } else if (advances(event)) {
            listener.heard(event);
        }
    }

    /**
     * What was still waiting for the listener when the connection was lost has been heard by now, so a router that does not
     * have it any more has not made a gap.
     */
    private synchronized boolean marked(ClientSession session, boolean gap, Optional<String> at) {
        if (!active || session != joining) {
            return false;
        }
        Position stands = at.map(Position::of).orElse(null);
        boolean missed = owed && (position == null || gap && (stands == null || !stands.isAtOrBefore(position)));
        if (missed || position == null) {
            position = stands;
        }
        owed = false;
        return missed;
    }

    /** Between two events: the router had no room for what came here. */
    private synchronized boolean dropped(Optional<String> first) {
        Position missing = first.map(Position::of).orElse(null);
        if (missing != null && !missing.isAtOrBefore(position)) {
            position = missing;
        }
        return active;
    }

    /** The position goes on together with the event: a listener that fails is not given it again. */
    private synchronized boolean advances(ReceivedEvent event) {
        if (!active) {
            return false;
        }
        if (event.isRetained()) {
            return options.retained();
        }
        Position of = event.position().map(Position::of).orElse(null);
        if (of == null) {
            return true;
        }
        if (of.isAtOrBefore(position) || event.isReplayed() && position == null) {
            return false;
        }
        position = of;
        return true;
    }

    private void sayGap() {
        try {
            options.onGap().missed(topic);
        } catch (Exception failure) {
            LOG.log(WARNING, "CAR-701 whoever is told of gaps of " + topic + " failed", failure);
        }
    }

    private void refused(RequestFailed denied) {
        boolean hadIt;
        synchronized (this) {
            active = false;
            hadIt = ready;
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
        refused.accept("the router has ended the subscription: " + reason);
    }

    /** The client is closed: nothing is heard any more, also of what has come already. */
    void abandon(RuntimeException why) {
        synchronized (this) {
            active = false;
        }
        accepted.completeExceptionally(why);
    }

    @Override
    public CompletableFuture<Void> unsubscribe() {
        WampSession.Subscription inSession;
        synchronized (this) {
            active = false;
            inSession = current;
            current = null;
        }
        forget.accept(this);
        return inSession == null
                ? CompletableFuture.completedFuture(null)
                : inSession.unsubscribe().exceptionally(endedWithItsSession -> null);
    }

    static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
