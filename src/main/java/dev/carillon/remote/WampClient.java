package dev.carillon.remote;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.client.Arguments;
import dev.carillon.client.CallHandler;
import dev.carillon.client.ClientSession;
import dev.carillon.client.EventListener;
import dev.carillon.client.Received;
import dev.carillon.client.SessionClosed;
import dev.carillon.client.WampSession;
import dev.carillon.protocol.Dict;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A connection to a router in another process that comes back by itself.
 *
 * <pre>{@code
 * try (WampClient client = WampClient.of("wss://shop.example.com/shop/wamp").secret(secret).build()) {
 *     client.connect().join();
 *     client.subscribe("orders/17", event -> show(event.payload(Order.class)));
 *     client.publish("orders/17", order).join();
 *     BigDecimal total = client.call("orders.total", BigDecimal.class, 17).orTimeout(5, SECONDS).join();
 * }
 * }</pre>
 *
 * <p><b>Connections.</b> {@link #connect} opens one; the first request does too. When it is lost, the client waits for a
 * random while that grows with each attempt in vain, and connects again, for as long as it is not disconnected or closed.
 * A router that refuses is asked again as well: secrets and rights may be put in order on the other side.
 *
 * <p><b>Subscriptions and registrations</b> are brought into each new session. A subscription to a topic with a history gets
 * what was missed, in order and once, or its {@link SubscribeOptions#onGap} is told that it is not there any more. Without a
 * history every outage is a gap. Their futures complete when a router has accepted them for the first time.
 *
 * <p><b>Publications and calls</b> are for the session that is open, or being opened. Between two attempts they fail at once
 * with {@link SessionClosed}, whose message says why there is no connection: nothing is queued for later. Neither is
 * anything sent again that had no answer when the connection was lost, since it may have arrived.
 *
 * <p><b>Threads.</b> Listeners hear events one after the other. Procedures run at the same time. Futures complete on
 * threads of the client, or on that of who waits for them. In a server give the client the server's threads, by
 * {@link Builder#threads}.
 *
 * <p>Safe for use by many threads.
 */
public final class WampClient implements WampSession {

    private static final System.Logger LOG = System.getLogger(WampClient.class.getName());

    /** What was published in as many earlier sessions is not replayed to the publisher. */
    private static final int SESSIONS_REMEMBERED = 8;

    private enum State {
        /** Nobody has asked for a connection yet, or it was given up. */
        IDLE,
        CONNECTING,
        OPEN,
        /** The next attempt comes by itself. */
        WAITING,
        CLOSED
    }

    private final Surroundings surroundings;
    private final ConnectionSettings settings;
    private final BackOff backOff;
    private final ConnectionListener listener;

    // all guarded by this
    private State state = State.IDLE;
    private @Nullable ClientSession session; // while OPEN
    private @Nullable Attempt attempt; // while CONNECTING and OPEN
    private Runnable forgetRetry = () -> {};
    private @Nullable SessionClosed lastFailure;
    private final Deque<Long> earlier = new ArrayDeque<>();
    private final Set<KeptSubscription> subscriptions = new LinkedHashSet<>();
    private final Set<KeptRegistration> registrations = new LinkedHashSet<>();

    WampClient(ConnectionSettings settings, Surroundings surroundings, ConnectionListener listener) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.listener = listener;
        this.backOff = new BackOff(settings.retryFirst(), settings.retryMax(), surroundings.random());
    }

    /**
     * A client for the router that a connection text names.
     *
     * @throws IllegalArgumentException if it is no such text, or says that no router is configured
     */
    public static Builder of(String connection) {
        return new Builder(ConnectionSettings.parse(connection)
                .orElseThrow(() -> new IllegalArgumentException("no router is configured: the connection text is '"
                        + connection.strip() + "'. Ask ConnectionSettings.parse first where that may be")));
    }

    public static Builder of(ConnectionSettings settings) {
        return new Builder(settings);
    }

    // --- The connection --------------------------------------------------------------------------------------------

    /**
     * Opens a session if there is none.
     *
     * @return completes when it is open; fails with {@link SessionClosed} if this attempt fails, after which the client
     *     goes on trying
     */
    public CompletableFuture<WampClient> connect() {
        return opened(true).thenApply(open -> this);
    }

    /** Says goodbye and stays away until {@link #connect} or a request. What is subscribed and served comes back then. */
    public void disconnect() {
        end(State.IDLE, new SessionClosed("the client was disconnected"));
    }

    public boolean isConnected() {
        return isOpen();
    }

    @Override
    public synchronized boolean isOpen() {
        return state == State.OPEN && session != null && session.isOpen();
    }

    /** Says goodbye for good. */
    @Override
    public void close() {
        SessionClosed closed = new SessionClosed("the client is closed");
        end(State.CLOSED, closed);
        List<KeptSubscription> listening;
        List<KeptRegistration> serving;
        synchronized (this) {
            listening = List.copyOf(subscriptions);
            serving = List.copyOf(registrations);
            subscriptions.clear();
            registrations.clear();
        }
        listening.forEach(subscription -> subscription.abandon(closed));
        serving.forEach(registration -> registration.abandon(closed));
        surroundings.close().run();
    }

    private void end(State then, SessionClosed why) {
        Attempt current;
        Runnable forget;
        synchronized (this) {
            if (state == State.CLOSED) {
                return;
            }
            current = attempt;
            forget = forgetRetry;
            state = then;
            lastFailure = why;
            attempt = null;
            session = null;
        }
        forget.run();
        if (current != null) {
            current.leave(why);
        }
    }

    /** @param now whether to try at once, even if the next attempt comes by itself */
    private CompletableFuture<ClientSession> opened(boolean now) {
        Attempt next;
        Runnable forget;
        synchronized (this) {
            switch (state) {
                case OPEN, CONNECTING -> {
                    return attempt.opened();
                }
                case CLOSED -> {
                    return CompletableFuture.failedFuture(lastFailure);
                }
                case WAITING -> {
                    if (!now) {
                        return CompletableFuture.failedFuture(new SessionClosed(
                                "not connected to " + settings + ": " + lastFailure.getMessage(),
                                lastFailure.reason().orElse(null)));
                    }
                }
                case IDLE -> {}
            }
            forget = forgetRetry;
            next = begin();
        }
        forget.run();
        next.dial();
        return next.opened();
    }

    /** Within the lock. */
    private Attempt begin() {
        state = State.CONNECTING;
        attempt = new Attempt(settings, surroundings, this::opened, this::ended);
        return attempt;
    }

    private void retry() {
        Attempt next;
        synchronized (this) {
            if (state != State.WAITING) {
                return;
            }
            next = begin();
        }
        next.dial();
    }

    private void opened(Attempt by, ClientSession open) {
        List<KeptSubscription> listening;
        List<KeptRegistration> serving;
        List<Long> before;
        synchronized (this) {
            if (attempt != by) {
                return;
            }
            state = State.OPEN;
            session = open;
            backOff.succeeded();
            before = List.copyOf(earlier);
            earlier.addLast(open.id());
            if (earlier.size() > SESSIONS_REMEMBERED) {
                earlier.removeFirst();
            }
            listening = List.copyOf(subscriptions);
            serving = List.copyOf(registrations);
            tell(() -> listener.connected(open.id()));
        }
        LOG.log(INFO, "CAR-702 connected to {0}, session {1}", settings, Long.toString(open.id()));
        listening.forEach(subscription -> subscription.join(open, before));
        serving.forEach(registration -> registration.join(open));
    }

    private void ended(Attempt by, SessionClosed why) {
        Duration delay;
        synchronized (this) {
            if (attempt != by) {
                return;
            }
            attempt = null;
            session = null;
            state = State.WAITING;
            lastFailure = why;
            delay = backOff.next();
            forgetRetry = surroundings.timers().after(delay, this::retry);
            tell(() -> listener.lost(why, delay));
        }
        LOG.log(
                INFO,
                "CAR-703 no connection to {0}: {1}. Next attempt in {2} ms",
                settings,
                why.getMessage(),
                Long.toString(delay.toMillis()));
    }

    /** Within the lock where the order of news matters: it is another thread that tells. */
    private void tell(Runnable news) {
        try {
            surroundings.inOrder().execute(() -> {
                try {
                    news.run();
                } catch (RuntimeException failure) {
                    LOG.log(WARNING, "CAR-705 a listener of the connection to " + settings + " failed", failure);
                }
            });
        } catch (RejectedExecutionException closing) {
            LOG.log(DEBUG, "nobody is told what becomes of the connection: the threads are stopping");
        }
    }

    // --- What a session does ---------------------------------------------------------------------------------------

    @Override
    public String realm() {
        return settings.realm();
    }

    /** @throws IllegalStateException if no session is open */
    @Override
    public synchronized long id() {
        if (session == null) {
            throw new IllegalStateException("no session is open: " + state);
        }
        return session.id();
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String topic, EventListener events) {
        CompletableFuture<RemoteSubscription> accepted = subscribe(topic, SubscribeOptions.exact(), events);
        CompletableFuture<Subscription> answer = accepted.thenApply(Function.identity());
        answer.whenComplete((here, failure) -> accepted.cancel(false)); // does nothing to what is accepted
        return answer;
    }

    /**
     * Subscribes, with options.
     *
     * @return completes when a router has accepted it, fails with {@link dev.carillon.client.RequestFailed} if it refuses,
     *     and waits as long as there is no connection; who cancels it, or lets it time out, gives the subscription up
     */
    public CompletableFuture<RemoteSubscription> subscribe(
            String topic, SubscribeOptions options, EventListener events) {
        KeptSubscription kept =
                new KeptSubscription(topic, options, events, surroundings.inOrder(), this::forget, refusalOf(topic));
        ClientSession open;
        List<Long> before;
        synchronized (this) {
            if (state == State.CLOSED) {
                return CompletableFuture.failedFuture(lastFailure);
            }
            subscriptions.add(kept);
            open = session;
            before = earlier.stream()
                    .filter(id -> open == null || id != open.id())
                    .toList();
        }
        if (open == null) {
            connectIfIdle();
        } else {
            kept.join(open, before);
        }
        return kept.accepted();
    }

    @Override
    public CompletableFuture<Registration> register(String procedure, CallHandler handler) {
        KeptRegistration kept =
                new KeptRegistration(procedure, handler, surroundings.timers(), this::forget, refusalOf(procedure));
        ClientSession open;
        synchronized (this) {
            if (state == State.CLOSED) {
                return CompletableFuture.failedFuture(lastFailure);
            }
            registrations.add(kept);
            open = session;
        }
        if (open == null) {
            connectIfIdle();
        } else {
            kept.join(open);
        }
        return kept.accepted();
    }

    private void connectIfIdle() {
        boolean isIdle;
        synchronized (this) {
            isIdle = state == State.IDLE;
        }
        if (isIdle) {
            connect();
        }
    }

    private synchronized void forget(KeptSubscription ended) {
        subscriptions.remove(ended);
    }

    private synchronized void forget(KeptRegistration ended) {
        registrations.remove(ended);
    }

    private Consumer<String> refusalOf(String uri) {
        return why -> tell(() -> listener.refused(uri, why));
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Object... arguments) {
        return publish(topic, Arguments.of(arguments));
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Arguments arguments) {
        return inSession(open -> open.publish(topic, arguments));
    }

    /** Publishes what those who subscribe later are to have, too. Advanced Profile, "Event Retention". */
    public CompletableFuture<Long> publishRetained(String topic, Arguments arguments) {
        return inSession(open -> open.publish(topic, Dict.of("retain", true), arguments));
    }

    @Override
    public <T> CompletableFuture<T> call(String procedure, Class<T> type, Object... arguments) {
        return inSession(open -> open.call(procedure, type, arguments));
    }

    @Override
    public CompletableFuture<Received> call(String procedure, Arguments arguments) {
        return inSession(open -> open.call(procedure, arguments));
    }

    /** Who cancels the future, or lets it time out, cancels the request. */
    private <T> CompletableFuture<T> inSession(Function<ClientSession, CompletableFuture<T>> request) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        opened(false).whenComplete((open, failure) -> {
            if (failure != null) {
                answer.completeExceptionally(KeptSubscription.cause(failure));
            } else if (!answer.isDone()) {
                ask(open, request, answer);
            }
        });
        return answer;
    }

    private static <T> void ask(
            ClientSession open, Function<ClientSession, CompletableFuture<T>> request, CompletableFuture<T> answer) {
        try {
            CompletableFuture<T> asked = request.apply(open);
            asked.whenComplete((value, failure) -> {
                if (failure == null) {
                    answer.complete(value);
                } else {
                    answer.completeExceptionally(KeptSubscription.cause(failure));
                }
            });
            answer.whenComplete((value, failure) -> asked.cancel(false)); // does nothing to what is answered
        } catch (RuntimeException unmappable) {
            answer.completeExceptionally(unmappable);
        }
    }

    @Override
    public String toString() {
        return "client of " + settings;
    }
}
