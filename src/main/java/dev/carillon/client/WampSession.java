package dev.carillon.client;

import java.util.concurrent.CompletableFuture;

/**
 * A session with a WAMP router: subscribe, publish, call, register.
 *
 * <pre>{@code
 * session.subscribe("orders/17", event -> show(event.payload(Order.class)));
 * long publication = session.publish("orders/17", order).join();
 * BigDecimal total = session.call("orders.total", BigDecimal.class, customer).orTimeout(5, SECONDS).join();
 * }</pre>
 *
 * <p>Every request is sent at once, in the order of the calls of one thread, and answered later: its future completes with
 * {@link RequestFailed} if the router or the callee says ERROR, with {@link SessionClosed} if the session ends before.
 * What depends on a future runs on a thread of the application, never on the router's; whoever waits for one takes the
 * answer on the own thread. Listeners hear events in order; a listener may wait for an answer, and perhaps hears an event
 * before the future of its subscription is complete.
 *
 * <p>Safe for use by many threads. Arguments and results are mapped by JSON-B when they are sent, and when they are asked
 * for.
 */
public interface WampSession extends AutoCloseable {

    /** The name of the realm. */
    String realm();

    /** The id that the router has given the session. */
    long id();

    /** Whether requests can be made. */
    boolean isOpen();

    /** @param topic a URI, such as {@code orders/17}. Several listeners of one topic all hear it. */
    CompletableFuture<Subscription> subscribe(String topic, EventListener listener);

    /**
     * Publishes to all subscribers, this session's own listeners included.
     *
     * @return the id of the publication, when the router has accepted it
     */
    CompletableFuture<Long> publish(String topic, Object... arguments);

    CompletableFuture<Long> publish(String topic, Arguments arguments);

    /**
     * Calls a procedure.
     *
     * @return the first argument of the result, as the type says; null if there is none
     */
    <T> CompletableFuture<T> call(String procedure, Class<T> type, Object... arguments);

    /** Calls a procedure, for all that its result has. */
    CompletableFuture<Received> call(String procedure, Arguments arguments);

    /** Serves a procedure, until it is unregistered or the session ends. */
    CompletableFuture<Registration> register(String procedure, CallHandler handler);

    /** Says goodbye. Subscriptions and registrations end; what is unanswered fails. A second call does nothing. */
    @Override
    void close();

    /** A listener that hears a topic. */
    interface Subscription {

        String topic();

        /** Ends this one listener's; a second call does nothing. */
        CompletableFuture<Void> unsubscribe();
    }

    /** A procedure that is served. */
    interface Registration {

        String procedure();

        /** @return fails with {@link RequestFailed} if it has ended before */
        CompletableFuture<Void> unregister();
    }
}
