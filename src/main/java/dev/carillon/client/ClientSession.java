package dev.carillon.client;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Authenticate;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.Cancel;
import dev.carillon.protocol.Challenge;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Interrupt;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Result;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Subscribed;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.Welcome;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a session: what was asked and is not answered, who listens, who serves. It has no thread of its own:
 * received messages are dealt with at once, and nothing of the application runs in that.
 */
public final class ClientSession implements WampSession {

    private static final System.Logger LOG = System.getLogger(ClientSession.class.getName());

    /** The router is told what we are, and what we can do. */
    private static final Dict ROLES = Dict.of(
            "roles",
            Map.of(
                    "publisher", Map.of(),
                    "subscriber",
                            Map.of(
                                    "features",
                                    Map.of("pattern_based_subscription", true, "subscription_revocation", true)),
                    "caller", Map.of("features", Map.of("call_canceling", true)),
                    "callee",
                            Map.of(
                                    "features",
                                    Map.of(
                                            "call_canceling", true,
                                            "caller_identification", true,
                                            "progressive_call_results", true,
                                            "registration_revocation", true))));

    /** No router gives so high an id to a subscription, as far as chance goes. */
    private static final SubscriptionId NO_SUBSCRIPTION = new SubscriptionId(1L << 53);

    private static final Dict PUBLISH_OPTIONS = new Dict(Map.of("acknowledge", true, "exclude_me", false));

    private final String realm;
    private final Connection connection;
    private final Mapping mapping;
    private final Requests requests;
    private final Listeners listeners;
    private final Callee callee;
    private final Answer<WampSession> opened;
    private final CompletableFuture<SessionClosed> ended = new CompletableFuture<>();

    private Supplier<String> ticket = () -> ""; // set before HELLO
    private volatile long id; // 0 before WELCOME

    /**
     * @param threads where futures complete and procedures run
     * @param inOrder where listeners hear, one event after the other
     * @param maxWaitingEvents how many events may wait for listeners, before the session ends
     */
    public ClientSession(
            String realm,
            Connection connection,
            Mapping mapping,
            Executor threads,
            Executor inOrder,
            int maxWaitingEvents) {
        this.realm = realm;
        this.connection = connection;
        this.mapping = mapping;
        this.requests = new Requests(connection, mapping, threads);
        this.listeners = new Listeners(mapping, inOrder, maxWaitingEvents);
        this.callee = new Callee(connection, mapping, threads);
        this.opened = new Answer<>(threads);
    }

    /** Says HELLO. @return completes with this session, or fails with {@link SessionClosed} if it is not admitted */
    public CompletableFuture<WampSession> open() {
        return open(Dict.EMPTY, () -> "");
    }

    /**
     * Says HELLO. @param more details of HELLO, such as {@code authmethods} and {@code authid}
     *
     * @param ticket answers a CHALLENGE
     * @return completes with this session, or fails with {@link SessionClosed} if it is not admitted
     */
    public CompletableFuture<WampSession> open(Dict more, Supplier<String> ticket) {
        this.ticket = ticket;
        connection.send(new Hello(new Uri(realm), ROLES.and(more)));
        return opened;
    }

    /** Completes with the reason when the session has ended, whoever wanted that; also if it was never opened. */
    public CompletableFuture<SessionClosed> ended() {
        return ended;
    }

    @Override
    public String realm() {
        return realm;
    }

    @Override
    public long id() {
        if (id == 0) {
            throw new IllegalStateException("The session has no id yet: it is being opened");
        }
        return id;
    }

    @Override
    public boolean isOpen() {
        return id != 0 && !requests.haveEnded();
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String topic, EventListener listener) {
        return subscribe(topic, Dict.EMPTY, listener, reason -> {});
    }

    /**
     * Subscribes with options of SUBSCRIBE. A listener of a topic that has others already gets a SUBSCRIBE of its own, and
     * so hears what the router says behind that; but the others hear it, too.
     *
     * @param revoked takes the reason if the router ends the subscription
     */
    public CompletableFuture<Subscription> subscribe(
            String topic, Dict options, EventListener listener, Consumer<String> revoked) {
        Listeners.Listener added = new Listeners.Listener(listener, revoked);
        return requests.asOne(() -> subscribe(topic, options, added));
    }

    private CompletableFuture<Subscription> subscribe(String topic, Dict options, Listeners.Listener added) {
        Listeners.Topic asked = listeners.askFor(topic, options.string("match").orElse("exact"));
        return requests.ask(
                request -> new Subscribe(request, options, new Uri(topic)),
                MessageCode.SUBSCRIBED,
                "subscribing to " + topic,
                (granted, answer) -> {
                    listeners.granted(asked, ((Subscribed) granted).subscription(), added);
                    answer.arrive(() -> new Listening(asked, added));
                },
                () -> listeners.refused(asked));
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Object... arguments) {
        return publish(topic, Arguments.of(arguments));
    }

    /**
     * Completes when the router has answered, and so has said all that it had to say before; fails with {@link SessionClosed}
     * if the session ends before.
     */
    public CompletableFuture<Void> roundTrip() {
        return requests.<Void>ask(
                        request -> new Unsubscribe(request, NO_SUBSCRIPTION),
                        MessageCode.UNSUBSCRIBED,
                        "asking for a sign of life",
                        unsubscribed -> null)
                .handle((unsubscribed, failure) -> {
                    if (failure instanceof RuntimeException lost && !(failure instanceof RequestFailed)) {
                        throw lost;
                    }
                    return null; // refused, as it must be
                });
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Arguments arguments) {
        return publish(topic, Dict.EMPTY, arguments);
    }

    /** @param options of PUBLISH, besides {@code acknowledge} */
    public CompletableFuture<Long> publish(String topic, Dict options, Arguments arguments) {
        Payload payload = mapping.write(arguments);
        return requests.ask(
                request -> new Publish(request, PUBLISH_OPTIONS.and(options), new Uri(topic), payload),
                MessageCode.PUBLISHED,
                "publishing to " + topic,
                message -> ((Published) message).publication().value());
    }

    @Override
    @SuppressWarnings(
            "unchecked") // the mapping has answered with what the type asks for, boxed if it is a primitive one
    public <T> CompletableFuture<T> call(String procedure, Class<T> type, Object... arguments) {
        return call(procedure, Arguments.of(arguments), result -> (T) result.get(0, (java.lang.reflect.Type) type));
    }

    @Override
    public CompletableFuture<Received> call(String procedure, Arguments arguments) {
        return call(procedure, arguments, result -> result);
    }

    private <T> CompletableFuture<T> call(
            String procedure, Arguments arguments, Function<Received, @Nullable T> mapped) {
        Payload payload = mapping.write(arguments);
        return requests.askUntilAbandoned(
                request -> new Call(request, Dict.EMPTY, new Uri(procedure), payload),
                MessageCode.RESULT,
                "calling " + procedure,
                message -> mapped.apply(mapping.read(message.payload())),
                request -> new Cancel(request, Dict.EMPTY));
    }

    @Override
    public CompletableFuture<Registration> register(String procedure, CallHandler handler) {
        return register(procedure, handler, reason -> {});
    }

    /** The same. @param revoked takes the reason if the router ends the registration */
    public CompletableFuture<Registration> register(String procedure, CallHandler handler, Consumer<String> revoked) {
        return requests.ask(
                request -> new Register(request, Dict.EMPTY, new Uri(procedure)),
                MessageCode.REGISTERED,
                "registering " + procedure,
                (granted, answer) -> {
                    Registered registered = (Registered) granted;
                    callee.add(registered.registration(), procedure, handler, revoked);
                    answer.arrive(() -> new Serving(procedure, registered));
                },
                () -> {});
    }

    @Override
    public void close() {
        boolean wasOpen = isOpen();
        end(new SessionClosed("the session is closed"));
        if (wasOpen) {
            try {
                connection.send(new Goodbye(Dict.EMPTY, CloseUri.NORMAL));
            } catch (SessionClosed already) {
                return;
            }
        }
        connection.close();
    }

    /** A message of the router. One at a time, in order; never throws because of the application. */
    public void receive(Message message) {
        if (message instanceof Event event) {
            heard(event);
        } else if (message instanceof Invocation invocation) {
            callee.invoked(invocation);
        } else if (message instanceof Interrupt interrupt) {
            callee.interrupted(interrupt);
        } else if (message instanceof Result result) {
            answered(result.request(), result);
        } else if (message instanceof Published published) {
            answered(published.request(), published);
        } else if (message instanceof Subscribed subscribed) {
            answered(subscribed.request(), subscribed);
        } else if (message instanceof Unsubscribed unsubscribed) {
            unsubscribed(unsubscribed);
        } else if (message instanceof Registered registered) {
            answered(registered.request(), registered);
        } else if (message instanceof Unregistered unregistered) {
            if (unregistered.request().value() == 0) {
                String reason = unregistered.details().string("reason").orElse("");
                revoked(unregistered.details(), "registration", id -> callee.revoked(new RegistrationId(id), reason));
            } else {
                answered(unregistered.request(), unregistered);
            }
        } else if (message instanceof Error error) {
            requests.refused(error);
        } else if (message instanceof Challenge challenge) {
            challenged(challenge);
        } else if (message instanceof Welcome welcome) {
            welcomed(welcome);
        } else if (message instanceof Goodbye goodbye) {
            farewell(goodbye);
        } else if (message instanceof Abort abort) {
            end(new SessionClosed(
                    (id == 0 ? "the router does not let us in: " : "the router has ended the session: ")
                            + said(abort.reason(), abort.details()),
                    abort.reason().value()));
            connection.close();
        } else {
            violated(message + " is not what a router says");
        }
    }

    /** The connection has ended, whoever wanted that. */
    public void disconnected() {
        disconnected("the connection to the router is lost");
    }

    /** @param why in words, for whoever waits for an answer */
    public void disconnected(String why) {
        end(new SessionClosed(why));
    }

    private void challenged(Challenge challenge) {
        if (!challenge.authmethod().equals("ticket")) {
            violated("a CHALLENGE of the method " + challenge.authmethod() + " was not asked for");
            return;
        }
        connection.send(new Authenticate(ticket.get(), Dict.EMPTY));
    }

    private void unsubscribed(Unsubscribed unsubscribed) {
        if (unsubscribed.request().value() != 0) {
            answered(unsubscribed.request(), unsubscribed);
            return;
        }
        String reason = unsubscribed.details().string("reason").orElse("");
        revoked(unsubscribed.details(), "subscription", id -> listeners.revoked(new SubscriptionId(id), reason));
    }

    private static void revoked(Dict details, String what, LongConsumer forget) {
        details.id(what).ifPresent(forget::accept);
    }

    private static String said(Uri reason, Dict details) {
        return details.string("message")
                .map(sentence -> reason + " (" + sentence + ")")
                .orElse(reason.value());
    }

    private void welcomed(Welcome welcome) {
        id = welcome.session().value();
        opened.arrive(() -> this);
    }

    private void farewell(Goodbye goodbye) {
        boolean theirs = isOpen();
        SessionClosed why = requests.end(new SessionClosed(
                "the router has said goodbye: " + said(goodbye.reason(), goodbye.details()),
                goodbye.reason().value()));
        if (theirs) {
            try {
                connection.send(new Goodbye(Dict.EMPTY, CloseUri.GOODBYE_AND_OUT));
            } catch (SessionClosed already) {
                LOG.log(DEBUG, "the router did not wait for our goodbye: {0}", already.getMessage());
            }
        }
        end(why); // behind the answer, since whoever hears of the end may close the connection
        connection.close();
    }

    private void violated(String sentence) {
        LOG.log(ERROR, "CAR-503 a session with a router ended: {0}", sentence);
        end(new SessionClosed(sentence));
        connection.close();
    }

    private void end(SessionClosed why) {
        SessionClosed first = requests.end(why);
        opened.fail(first);
        ended.complete(first);
    }

    private void answered(RequestId request, Message message) {
        if (!requests.answered(request, message)) {
            violated(message.code() + " is no answer to what was asked");
        }
    }

    // --- Events ----------------------------------------------------------------------------------------------------

    private void heard(Event event) {
        if (!listeners.heard(event)) {
            LOG.log(
                    WARNING,
                    "CAR-504 session {0} ended: its listeners are too slow, and more events wait than may",
                    Long.toString(id()));
            end(new SessionClosed("the listeners are too slow"));
            connection.close();
        }
    }

    private final class Listening implements Subscription {
        private final Listeners.Topic topic;
        private final Listeners.Listener listener;

        Listening(Listeners.Topic topic, Listeners.Listener listener) {
            this.topic = topic;
            this.listener = listener;
        }

        @Override
        public String topic() {
            return topic.uri;
        }

        @Override
        public CompletableFuture<Void> unsubscribe() {
            return requests.asOne(this::leave); // or the end would come under one who subscribes in this moment
        }

        private CompletableFuture<Void> leave() {
            SubscriptionId last = listeners.remove(topic, listener);
            if (last == null) {
                return CompletableFuture.completedFuture(null);
            }
            return requests.ask(
                    request -> new Unsubscribe(request, last),
                    MessageCode.UNSUBSCRIBED,
                    "unsubscribing from " + topic.uri,
                    unsubscribed -> null);
        }
    }

    private final class Serving implements Registration {
        private final String procedure;
        private final Registered registered;

        Serving(String procedure, Registered registered) {
            this.procedure = procedure;
            this.registered = registered;
        }

        @Override
        public String procedure() {
            return procedure;
        }

        @Override
        public CompletableFuture<Void> unregister() {
            return requests.ask(
                    request -> new Unregister(request, registered.registration()),
                    MessageCode.UNREGISTERED,
                    "unregistering " + procedure,
                    unregistered -> {
                        callee.remove(registered.registration());
                        return null;
                    });
        }
    }
}
