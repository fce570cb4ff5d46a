package dev.carillon.client;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Interrupt;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.Yield;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The procedures that a session serves: every INVOCATION gets one answer. Safe for use by many threads. */
final class Callee {

    private static final System.Logger LOG = System.getLogger(Callee.class.getName());

    private static final Dict PROGRESS = Dict.of("progress", true);

    private final Connection connection;
    private final Mapping mapping;
    private final Executor threads;
    private final Map<RegistrationId, Served> served = new ConcurrentHashMap<>();
    private final Map<RequestId, Work> running = new ConcurrentHashMap<>();

    /** @param revoked takes the reason why the router has ended the registration */
    private record Served(String procedure, CallHandler handler, Consumer<String> revoked) {}

    Callee(Connection connection, Mapping mapping, Executor threads) {
        this.connection = connection;
        this.mapping = mapping;
        this.threads = threads;
    }

    void add(RegistrationId id, String procedure, CallHandler handler, Consumer<String> revoked) {
        served.put(id, new Served(procedure, handler, revoked));
    }

    /** The router has ended the registration; on a thread of the application somebody hears why. */
    void revoked(RegistrationId id, String reason) {
        Served ended = served.remove(id);
        if (ended == null) {
            return;
        }
        try {
            threads.execute(() -> ended.revoked.accept(reason));
        } catch (RejectedExecutionException stopping) {
            LOG.log(DEBUG, "nobody is told of a revocation: the application is stopping");
        }
    }

    /** What is under way is still answered. */
    void remove(RegistrationId id) {
        served.remove(id);
    }

    /** Runs the handler on a thread of its own. */
    void invoked(Invocation invocation) {
        Served procedure = served.get(invocation.registration());
        if (procedure == null) { // unregistered in the meantime
            refuse(invocation, ErrorUri.NO_SUCH_PROCEDURE, Payload.of("the procedure is not served any more"));
            return;
        }
        Work work = new Work(procedure, invocation);
        running.put(invocation.request(), work);
        try {
            threads.execute(work::run);
        } catch (RejectedExecutionException stopping) {
            work.refuse(ErrorUri.CANCELED, "the application is stopping");
        }
    }

    /** Nobody waits for this any more, or not long. */
    void interrupted(Interrupt interrupt) {
        Work work = running.get(interrupt.invocation());
        if (work != null) {
            work.interrupt();
        }
    }

    /** One call and its one answer. */
    private final class Work {
        private final Served procedure;
        private final Invocation invocation;
        // both guarded by this
        private @Nullable Thread thread; // null before and behind the handler
        private boolean interrupted;

        // Another lock than the above: an interrupt must not wait for a message that is being sent.
        private final Object sending = new Object();
        private boolean answered; // guarded by sending

        Work(Served procedure, Invocation invocation) {
            this.procedure = procedure;
            this.invocation = invocation;
        }

        void run() {
            if (!begins()) {
                refuse(ErrorUri.CANCELED, "the call was canceled before it began");
                return;
            }
            try {
                Object result;
                try {
                    result = procedure.handler.called(new CallHandler.ReceivedCall(
                            procedure.procedure,
                            invocation.details(),
                            mapping.read(invocation.payload()),
                            this::progress));
                } finally {
                    handled();
                }
                if (result instanceof CompletionStage<?> later) {
                    later.whenComplete(this::answer);
                } else {
                    answer(result, null);
                }
            } catch (Throwable failure) { // whatever it is: the caller waits for an answer
                answer(null, failure);
            }
        }

        private synchronized boolean begins() {
            thread = Thread.currentThread();
            return !interrupted;
        }

        /** The thread goes back to where it came from, as it came. */
        private synchronized void handled() {
            thread = null;
            if (interrupted && procedure.handler.isInterruptible()) {
                Thread.interrupted();
            }
        }

        synchronized void interrupt() {
            interrupted = true;
            if (thread != null && procedure.handler.isInterruptible()) {
                thread.interrupt();
            }
        }

        private synchronized boolean wasInterrupted() {
            return interrupted && procedure.handler.isInterruptible();
        }

        private void progress(Arguments part) {
            if (invocation.details().has("receive_progress")) {
                Yield message = new Yield(invocation.request(), PROGRESS, mapping.write(part));
                synchronized (sending) { // behind the answer it would be a violation, and end the whole session
                    if (!answered) {
                        send(message);
                    }
                }
            }
        }

        private void answer(@Nullable Object result, @Nullable Throwable failure) {
            Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
            try {
                if (cause instanceof ApplicationError error && new Uri(error.uri()).isLegal(Uri.Rules.LOOSE)) {
                    refuse(new Uri(error.uri()), mapping.write(error.arguments()));
                } else if (cause != null && wasInterrupted()) {
                    refuse(ErrorUri.CANCELED, "the procedure was interrupted");
                } else if (cause != null) {
                    failed(cause);
                } else {
                    Arguments arguments = result instanceof Arguments all ? all : Arguments.of(result);
                    Payload payload = mapping.write(arguments);
                    end(new Yield(invocation.request(), Dict.EMPTY, payload));
                }
            } catch (IllegalArgumentException unmappable) {
                failed(unmappable);
            }
        }

        private void failed(Throwable cause) {
            LOG.log(ERROR, "CAR-501 the procedure " + procedure.procedure + " failed", cause);
            refuse(ErrorUri.INTERNAL, "the procedure failed; the log of its application says how");
        }

        void refuse(Uri error, String sentence) {
            refuse(error, Payload.of(sentence));
        }

        private void refuse(Uri error, Payload payload) {
            end(error(invocation, error, payload));
        }

        private void end(Message answer) {
            running.remove(invocation.request());
            synchronized (sending) {
                if (!answered) {
                    answered = true;
                    send(answer);
                }
            }
        }
    }

    private void refuse(Invocation invocation, Uri error, Payload payload) {
        send(error(invocation, error, payload));
    }

    private static Error error(Invocation invocation, Uri error, Payload payload) {
        return new Error(MessageCode.INVOCATION, invocation.request(), Dict.EMPTY, error, payload);
    }

    private void send(Message message) {
        try {
            connection.send(message);
        } catch (SessionClosed tooLate) {
            LOG.log(DEBUG, "an answer came too late: {0}", tooLate.getMessage());
        }
    }
}
