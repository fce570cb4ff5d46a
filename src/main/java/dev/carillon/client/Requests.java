package dev.carillon.client;

import static java.lang.System.Logger.Level.DEBUG;

import dev.carillon.protocol.Error;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Request;
import dev.carillon.protocol.RequestId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What a session has asked and is not answered; ids count from 1 and leave in order. Safe for use by many threads. */
final class Requests {

    private static final System.Logger LOG = System.getLogger(Requests.class.getName());

    private final Connection connection;
    private final Mapping mapping;
    private final Executor threads;

    /** Held from the choice of a request's id, and of what it is about, to its sending. */
    private final ReentrantLock sending = new ReentrantLock();

    private long last; // guarded by sending
    private final Map<RequestId, Pending> pending = new HashMap<>(); // guarded by this
    private @Nullable SessionClosed closed; // guarded by this; why, null as long as it is not

    /**
     * Both ends of a request run on the thread that the answer comes on, before any later message is looked at: they are
     * short, and leave it to a future to complete elsewhere.
     *
     * @param answer what the router says if it grants the request
     * @param what the request in words, for an exception
     */
    private record Pending(
            MessageCode answer, String what, Consumer<Message> granted, Consumer<Supplier<RuntimeException>> refused) {}

    Requests(Connection connection, Mapping mapping, Executor threads) {
        this.connection = connection;
        this.mapping = mapping;
        this.threads = threads;
    }

    /** Asks for what completes the future. @param outcome run on a thread of the application */
    <T> Answer<T> ask(
            Function<RequestId, Request> message,
            MessageCode expected,
            String what,
            Function<Message, @Nullable T> outcome) {
        return ask(message, expected, what, (granted, answer) -> answer.arrive(() -> outcome.apply(granted)), () -> {});
    }

    /** The same, for what the router is to be told of when nobody waits for it any more. */
    <T> Answer<T> askUntilAbandoned(
            Function<RequestId, Request> message,
            MessageCode expected,
            String what,
            Function<Message, @Nullable T> outcome,
            Function<RequestId, Message> abandoned) {
        AtomicReference<@Nullable RequestId> asked = new AtomicReference<>();
        Answer<T> answer = new Answer<>(threads, () -> {
            RequestId number = asked.get();
            if (number != null) {
                sendUnanswered(abandoned.apply(number));
            }
        });
        send(
                number -> {
                    asked.set(number);
                    return message.apply(number);
                },
                new Pending(
                        expected,
                        what,
                        granted -> answer.arrive(() -> outcome.apply(granted)),
                        why -> answer.arrive(() -> {
                            throw why.get();
                        })));
        return answer;
    }

    /** On a thread that may wait: one that completes futures in time belongs to the whole process. */
    private void sendUnanswered(Message message) {
        try {
            threads.execute(() -> {
                try {
                    connection.send(message);
                } catch (SessionClosed already) {
                    LOG.log(DEBUG, "nobody waits, and nobody is there: {0}", already.getMessage());
                }
            });
        } catch (RejectedExecutionException stopping) {
            LOG.log(DEBUG, "nobody waits, and the application is stopping");
        }
    }

    /** What is to be done at once when a request is granted, before the next message. */
    @FunctionalInterface
    interface Granted<T> {
        void granted(Message message, Answer<T> answer);
    }

    <T> Answer<T> ask(
            Function<RequestId, Request> message,
            MessageCode expected,
            String what,
            Granted<T> granted,
            Runnable refused) {
        Answer<T> answer = new Answer<>(threads);
        send(message, new Pending(expected, what, said -> granted.granted(said, answer), why -> {
            refused.run();
            answer.arrive(() -> {
                throw why.get();
            });
        }));
        return answer;
    }

    /** Looks at what is and asks for what follows from that, before anybody else asks. */
    <T> T asOne(Supplier<T> choice) {
        sending.lock();
        try {
            return choice.get();
        } finally {
            sending.unlock();
        }
    }

    private void send(Function<RequestId, Request> message, Pending request) {
        sending.lock();
        try {
            RequestId number = new RequestId(++last);
            SessionClosed why = keep(number, request);
            if (why != null) {
                request.refused.accept(() -> why);
            } else {
                connection.send(message.apply(number));
            }
        } catch (SessionClosed closedMeanwhile) {
            end(closedMeanwhile);
        } finally {
            sending.unlock();
        }
    }

    /** @return why it cannot be asked any more; null if it can */
    private synchronized @Nullable SessionClosed keep(RequestId number, Pending request) {
        if (closed == null) {
            pending.put(number, request);
        }
        return closed;
    }

    /** @return false if this is no answer to what was asked; a second answer is none to anything, and ignored */
    boolean answered(RequestId number, Message message) {
        Pending request = take(number);
        if (request == null) {
            return true;
        }
        if (request.answer != message.code()) {
            request.refused.accept(() -> new SessionClosed(message.code() + " is no answer to " + request.what));
            return false;
        }
        request.granted.accept(message);
        return true;
    }

    void refused(Error error) {
        Pending request = take(error.request());
        if (request != null) {
            request.refused.accept(
                    () -> new RequestFailed(request.what, error.error().value(), mapping.read(error.payload())));
        }
    }

    private synchronized @Nullable Pending take(RequestId number) {
        return pending.remove(number);
    }

    synchronized boolean haveEnded() {
        return closed != null;
    }

    /**
     * What waits for an answer, and what is asked from now on, hears why none will come.
     *
     * @return the reason that was given first
     */
    SessionClosed end(SessionClosed why) {
        List<Pending> unanswered;
        synchronized (this) {
            if (closed != null) {
                return closed;
            }
            closed = why;
            unanswered = new ArrayList<>(pending.values());
            pending.clear();
        }
        unanswered.forEach(request -> request.refused.accept(() -> why));
        return why;
    }
}
