package dev.carillon.remote;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.client.Arguments;
import dev.carillon.client.WampSession;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Publishes and calls, and never fails: what cannot be sent is logged, with topic and cause and never with what it says,
 * and answered with false. For work that must go on whether anybody is notified or not.
 *
 * <pre>{@code
 * QuietPublisher publisher = new QuietPublisher(client);
 * publisher.publish("orders/17", shipped);      // whatever happens
 * }</pre>
 */
public final class QuietPublisher {

    private static final System.Logger LOG = System.getLogger(QuietPublisher.class.getName());

    private final WampSession session;

    /** @param session a {@link WampClient}, as a rule */
    public QuietPublisher(WampSession session) {
        this.session = session;
    }

    /** @return whether the router has accepted it; never fails */
    public CompletableFuture<Boolean> publish(String topic, Object... arguments) {
        return quietly("publication to " + topic, () -> session.publish(topic, Arguments.of(arguments)));
    }

    /** Calls a procedure whose result does not matter. @return whether it answered; never fails */
    public CompletableFuture<Boolean> call(String procedure, Object... arguments) {
        return quietly("call of " + procedure, () -> session.call(procedure, Arguments.of(arguments)));
    }

    private static CompletableFuture<Boolean> quietly(String what, Supplier<CompletableFuture<?>> request) {
        CompletableFuture<?> asked;
        try {
            asked = request.get();
        } catch (RuntimeException | StackOverflowError unmappable) { // endless getters
            asked = CompletableFuture.failedFuture(unmappable);
        }
        return asked.handle((answer, failure) -> {
            if (failure == null) {
                LOG.log(DEBUG, "{0}: accepted", what);
            } else {
                LOG.log(
                        WARNING,
                        "CAR-704 a {0} failed: {1}",
                        what,
                        KeptSubscription.cause(failure).getMessage());
            }
            return failure == null;
        });
    }
}
