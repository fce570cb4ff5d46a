package dev.carillon.support;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.util.EnumSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rx.Observable;
import rx.Subscription;
import ws.wamp.jawampa.PubSubData;
import ws.wamp.jawampa.PublishFlags;
import ws.wamp.jawampa.Reply;
import ws.wamp.jawampa.Request;
import ws.wamp.jawampa.WampClient;
import ws.wamp.jawampa.WampClientBuilder;
import ws.wamp.jawampa.WampSerialization;
import ws.wamp.jawampa.transport.netty.NettyWampClientConnectorProvider;

/**
 * A session of jawampa, with deadlines. Payloads are JSON in single quotes, as in {@link RawWebSocket}; null is a part of
 * the payload that is not there, which is also what jawampa makes of it.
 */
public final class JawampaClient implements AutoCloseable {

    private static final long DEADLINE_SECONDS = 30;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final WampClient client;

    private JawampaClient(WampClient client) {
        this.client = client;
    }

    /** A session, established; jawampa would connect again if it is lost, which would hide that. */
    public static JawampaClient join(URI endpoint, String realm) {
        WampClient client;
        try {
            client = new WampClientBuilder()
                    .withConnectorProvider(new NettyWampClientConnectorProvider())
                    .withUri(endpoint.toString())
                    .withRealm(realm)
                    .withSerializations(new WampSerialization[] {WampSerialization.Json})
                    .withNrReconnects(0)
                    .build();
        } catch (Exception e) { // what it declares
            throw new IllegalStateException(e);
        }
        Observable<WampClient.State> connected =
                client.statusChanged().filter(state -> state instanceof WampClient.ConnectedState);
        client.open();
        await(connected.first());
        return new JawampaClient(client);
    }

    /** What the router sends for this topic from now on. */
    public BlockingQueue<PubSubData> subscribe(String topic) {
        BlockingQueue<PubSubData> events = new LinkedBlockingQueue<>();
        client.makeSubscription(topic).subscribe(events::add);
        roundTrip();
        return events;
    }

    /** Publishes, and waits for the acknowledgement: the publication's id. */
    public long publish(String topic, @Nullable String arguments, @Nullable String keywords) {
        return await(
                client.publish(topic, EnumSet.of(PublishFlags.RequireAcknowledge), array(arguments), object(keywords)));
    }

    /** Serves a procedure until the registration is unsubscribed; the requests are there to be answered. */
    public Registration register(String procedure) {
        BlockingQueue<Request> requests = new LinkedBlockingQueue<>();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Subscription subscription =
                client.registerProcedure(procedure).subscribe(requests::add, failure::complete, () -> {});
        roundTrip();
        return new Registration(this, requests, failure, subscription);
    }

    /** Calls; the answer of the callee or the error comes later. */
    public CompletableFuture<Reply> call(String procedure, @Nullable String arguments, @Nullable String keywords) {
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        client.call(procedure, array(arguments), object(keywords))
                .subscribe(answer::complete, answer::completeExceptionally);
        return answer.orTimeout(DEADLINE_SECONDS, TimeUnit.SECONDS);
    }

    /** The next of a queue, in time. */
    public static <T> T next(BlockingQueue<T> queue) {
        try {
            T next = queue.poll(DEADLINE_SECONDS, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("nothing came within " + DEADLINE_SECONDS + " s");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static @Nullable ArrayNode array(@Nullable String json) {
        return json == null ? null : (ArrayNode) parse(json);
    }

    public static @Nullable ObjectNode object(@Nullable String json) {
        return json == null ? null : (ObjectNode) parse(json);
    }

    /** Says GOODBYE and waits for the answer. */
    @Override
    public void close() {
        await(client.close().defaultIfEmpty(null));
    }

    /** jawampa does not tell when it is subscribed or registered; the router answers a session's requests in turn. */
    private void roundTrip() {
        publish("jawampa.round.trip", null, null);
    }

    private static <T> T await(Observable<T> observable) {
        return observable
                .timeout(DEADLINE_SECONDS, TimeUnit.SECONDS)
                .toBlocking()
                .last();
    }

    private static Object parse(String json) {
        try {
            return JSON.readTree(json.replace('\'', '"'));
        } catch (java.io.IOException e) {
            throw new IllegalArgumentException(json, e);
        }
    }

    /** A procedure that jawampa serves, or that the router did not let it serve: then {@code failure} has why. */
    public record Registration(
            JawampaClient callee,
            BlockingQueue<Request> requests,
            CompletableFuture<Throwable> failure,
            Subscription subscription) {

        /** The next request, to be answered by {@code reply} or {@code replyError}. */
        public Request next() {
            return JawampaClient.next(requests);
        }

        public void unregister() {
            subscription.unsubscribe();
            callee.roundTrip();
        }
    }
}
