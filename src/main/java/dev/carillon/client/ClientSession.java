package dev.carillon.client;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.protocol.Abort;
import dev.carillon.protocol.Call;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Goodbye;
import dev.carillon.protocol.Hello;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.Published;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.Request;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The engine of a session: what was asked and is not answered, who listens, who serves. It has no thread of its own:
 * received messages are dealt with at once, and nothing of the application runs in that.
 */
public final class ClientSession implements WampSession {

    private static final System.Logger LOG = System.getLogger(ClientSession.class.getName());

    /** The router is told who we are, and that our own listeners want to hear what we publish. */
    private static final Dict ROLES = Dict.of(
            "roles", Map.of("publisher", Map.of(), "subscriber", Map.of(), "caller", Map.of(), "callee", Map.of()));

    private static final Dict PUBLISH_OPTIONS = new Dict(Map.of("acknowledge", true, "exclude_me", false));

    private final String realm;
    private final Connection connection;
    private final Mapping mapping;
    private final Executor threads;
    private final Listeners listeners;
    private final Callee callee;
    private final Answer<WampSession> opened;

    /** Held from the choice of a request's id to its sending, so that ids leave in order. */
    private final ReentrantLock sending = new ReentrantLock();

    private long lastRequest; // guarded by sending

    private final Map<RequestId, PendingRequest> pending = new HashMap<>(); // guarded by this, as what follows
    private long id; // 0 before WELCOME
    private @Nullable SessionClosed closed; // why; null as long as it is not

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
        this.threads = threads;
        this.listeners = new Listeners(mapping, inOrder, maxWaitingEvents);
        this.callee = new Callee(connection, mapping, threads);
        this.opened = new Answer<>(threads);
    }

    /** Says HELLO. @return completes with this session, or fails with {@link SessionClosed} if it is not admitted */
    public CompletableFuture<WampSession> open() {
        connection.send(new Hello(new Uri(realm), ROLES));
        return opened;
    }

    @Override
    public String realm() {
        return realm;
    }

    @Override
    public synchronized long id() {
        if (id == 0) {
            throw new IllegalStateException("The session has no id yet: it is being opened");
        }
        return id;
    }

    @Override
    public synchronized boolean isOpen() {
        return id != 0 && closed == null;
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String topic, EventListener listener) {
        Listeners.Topic asked = listeners.askFor(topic);
        Listeners.Listener added = new Listeners.Listener(listener);
        Answer<Subscription> answer = new Answer<>(threads);
        request(
                request -> new Subscribe(request, Dict.EMPTY, new Uri(topic)),
                new PendingRequest(
                        MessageCode.SUBSCRIBED,
                        "subscribing to " + topic,
                        granted -> {
                            listeners.granted(asked, ((Subscribed) granted).subscription(), added);
                            answer.arrive(() -> new Listening(asked, added));
                        },
                        why -> {
                            listeners.refused(asked);
                            fail(answer, why);
                        }));
        return answer;
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Object... arguments) {
        return publish(topic, Arguments.of(arguments));
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Arguments arguments) {
        Payload payload = mapping.write(arguments);
        return ask(
                request -> new Publish(request, PUBLISH_OPTIONS, new Uri(topic), payload),
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
        return ask(
                request -> new Call(request, Dict.EMPTY, new Uri(procedure), payload),
                MessageCode.RESULT,
                "calling " + procedure,
                message -> mapped.apply(mapping.read(message.payload())));
    }

    @Override
    public CompletableFuture<Registration> register(String procedure, CallHandler handler) {
        Answer<Registration> answer = new Answer<>(threads);
        request(
                request -> new Register(request, Dict.EMPTY, new Uri(procedure)),
                new PendingRequest(
                        MessageCode.REGISTERED,
                        "registering " + procedure,
                        granted -> {
                            Registered registered = (Registered) granted;
                            callee.add(registered.registration(), procedure, handler);
                            answer.arrive(() -> new Serving(procedure, registered));
                        },
                        why -> fail(answer, why)));
        return answer;
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
        } else if (message instanceof Result result) {
            answered(result.request(), result);
        } else if (message instanceof Published published) {
            answered(published.request(), published);
        } else if (message instanceof Subscribed subscribed) {
            answered(subscribed.request(), subscribed);
        } else if (message instanceof Unsubscribed unsubscribed) {
            answered(unsubscribed.request(), unsubscribed);
        } else if (message instanceof Registered registered) {
            answered(registered.request(), registered);
        } else if (message instanceof Unregistered unregistered) {
            answered(unregistered.request(), unregistered);
        } else if (message instanceof Error error) {
            refused(error);
        } else if (message instanceof Welcome welcome) {
            welcomed(welcome);
        } else if (message instanceof Goodbye goodbye) {
            farewell(goodbye);
        } else if (message instanceof Abort abort) {
            end(new SessionClosed("the router has ended the session: " + abort.reason()));
            connection.close();
        } else {
            violated(message + " is not what a router says");
        }
    }

    /** The connection has ended, whoever wanted that. */
    public void disconnected() {
        end(new SessionClosed("the connection to the router is lost"));
    }

    private void welcomed(Welcome welcome) {
        synchronized (this) {
            id = welcome.session().value();
        }
        opened.arrive(() -> this);
    }

    private void farewell(Goodbye goodbye) {
        boolean theirs = isOpen();
        end(new SessionClosed("the router has said goodbye: " + goodbye.reason()));
        if (theirs) {
            connection.send(new Goodbye(Dict.EMPTY, CloseUri.GOODBYE_AND_OUT));
        }
        connection.close();
    }

    private void violated(String sentence) {
        LOG.log(ERROR, "CAR-503 a session with a router ended: {0}", sentence);
        end(new SessionClosed(sentence));
        connection.close();
    }

    /** What waits for an answer hears that none will come. */
    private void end(SessionClosed why) {
        List<PendingRequest> unanswered;
        synchronized (this) {
            if (closed != null) {
                return;
            }
            closed = why;
            unanswered = new ArrayList<>(pending.values());
            pending.clear();
        }
        opened.fail(why);
        unanswered.forEach(request -> request.refused().accept(() -> why));
    }

    // --- Requests and answers --------------------------------------------------------------------------------------

    private <T> Answer<T> ask(
            Function<RequestId, Request> message,
            MessageCode expected,
            String what,
            Function<Message, @Nullable T> outcome) {
        Answer<T> answer = new Answer<>(threads);
        Consumer<Message> granted = message1 -> answer.arrive(() -> outcome.apply(message1));
        request(message, new PendingRequest(expected, what, granted, why -> fail(answer, why)));
        return answer;
    }

    private void request(Function<RequestId, Request> message, PendingRequest request) {
        sending.lock();
        try {
            RequestId number = new RequestId(++lastRequest);
            SessionClosed why = keep(number, request);
            if (why != null) {
                request.refused().accept(() -> why);
            } else {
                connection.send(message.apply(number));
            }
        } catch (SessionClosed closedMeanwhile) {
            disconnected();
        } finally {
            sending.unlock();
        }
    }

    /** @return why it cannot be asked any more; null if it can */
    private synchronized @Nullable SessionClosed keep(RequestId number, PendingRequest request) {
        if (closed == null) {
            pending.put(number, request);
        }
        return closed;
    }

    private void answered(RequestId number, Message message) {
        PendingRequest request = take(number);
        if (request == null) {
            return; // a second answer, or one to a session that has said goodbye
        }
        if (request.answer() == message.code()) {
            request.granted().accept(message);
        } else {
            violated(message.code() + " is no answer to " + request.what());
        }
    }

    private void refused(Error error) {
        PendingRequest request = take(error.request());
        if (request != null) {
            request.refused()
                    .accept(() ->
                            new RequestFailed(request.what(), error.error().value(), mapping.read(error.payload())));
        }
    }

    private synchronized @Nullable PendingRequest take(RequestId number) {
        return pending.remove(number);
    }

    private static void fail(Answer<?> answer, Supplier<RuntimeException> why) {
        answer.arrive(() -> {
            throw why.get();
        });
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
            SubscriptionId last = listeners.remove(topic, listener);
            if (last == null) {
                return CompletableFuture.completedFuture(null);
            }
            return ask(
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
            return ask(
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
