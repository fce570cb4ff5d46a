package dev.carillon.notification;

import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that those who subscribed to a topic should know. Fire it as a CDI event:
 *
 * <pre>{@code
 * @Inject Event<Notification> notifications;
 * ...
 * notifications.fire(Notification.to("orders/" + id).with(new Shipped(id)));
 * }</pre>
 *
 * <p>It is delivered after the current transaction has committed, in the order of firing, and never if that rolls back;
 * without a transaction at once. {@code fireAsync} counts for the transaction in which the notification was made.
 * Firing never fails because of Carillon: what cannot be delivered is logged, counted and dropped.
 *
 * <p>Immutable.
 */
public final class Notification {

    private final @Nullable String realm; // null: the default one
    private final Uri topic;
    private final Payload payload;
    private final boolean retained;
    private final @Nullable Exception unmappable;
    private final BusinessTransaction madeIn;

    private Notification(
            @Nullable String realm, Uri topic, Payload payload, boolean retained, @Nullable Exception unmappable) {
        this.realm = realm;
        this.topic = topic;
        this.payload = payload;
        this.retained = retained;
        this.unmappable = unmappable;
        this.madeIn = BusinessTransaction.current();
    }

    /** A notification without payload. @param topic a WAMP URI, such as {@code orders/17} or {@code com.example.orders} */
    public static Notification to(String topic) {
        return new Notification(null, new Uri(topic), Payload.NONE, false, null);
    }

    /** The same notification, for another realm than the default one. @param realm one that is configured */
    public Notification inRealm(String realm) {
        return new Notification(realm, topic, payload, retained, unmappable);
    }

    /**
     * The same notification, kept for those who subscribe later and ask for it ({@code get_retained}), until the next that
     * is retained takes its place.
     */
    public Notification retain() {
        return new Notification(realm, topic, payload, true, unmappable);
    }

    /**
     * The same notification with this as its one positional argument, mapped by JSON-B here and now: what happens to the
     * object later does not matter.
     */
    public Notification with(@Nullable Object payload) {
        try {
            return new Notification(realm, topic, new Payload.Json("[" + json(payload) + "]"), retained, null);
        } catch (RuntimeException e) { // JSON-B's own, as a rule; whose it is does not matter
            return unmappable(e);
        } catch (StackOverflowError endless) { // without its trace, which is as long as the stack was deep
            return unmappable(new JsonbException("its getters lead on and on"));
        }
    }

    /** Told by whoever observes it; the business transaction must not learn of it. */
    private Notification unmappable(Exception why) {
        return new Notification(realm, topic, Payload.NONE, retained, why);
    }

    private static String json(@Nullable Object payload) {
        return payload == null ? "null" : Mapping.JSONB.toJson(payload);
    }

    Optional<String> realm() {
        return Optional.ofNullable(realm);
    }

    Uri topic() {
        return topic;
    }

    Payload payload() {
        return payload;
    }

    boolean retained() {
        return retained;
    }

    /** Why the payload could not be mapped; null if it could. */
    @Nullable
    Exception unmappable() {
        return unmappable;
    }

    /** The transaction that was current when this was made. */
    BusinessTransaction madeIn() {
        return madeIn;
    }

    /** Only the topic: payloads do not belong into a log. */
    @Override
    public String toString() {
        return "notification to " + topic;
    }

    /** Made when first needed; a {@link Jsonb} is expensive, and safe for use by many threads. */
    private static final class Mapping {
        static final Jsonb JSONB = JsonbBuilder.create();
    }
}
