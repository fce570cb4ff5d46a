package dev.carillon.client;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Error;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Invocation;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.Yield;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** The procedures that a session serves: every INVOCATION gets one answer. Safe for use by many threads. */
final class Callee {

    private static final System.Logger LOG = System.getLogger(Callee.class.getName());

    private final Connection connection;
    private final Mapping mapping;
    private final Executor threads;
    private final Map<RegistrationId, Served> served = new ConcurrentHashMap<>();

    private record Served(String procedure, CallHandler handler) {}

    Callee(Connection connection, Mapping mapping, Executor threads) {
        this.connection = connection;
        this.mapping = mapping;
        this.threads = threads;
    }

    void add(RegistrationId id, String procedure, CallHandler handler) {
        served.put(id, new Served(procedure, handler));
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
        try {
            threads.execute(() -> run(procedure, invocation));
        } catch (RejectedExecutionException stopping) {
            refuse(invocation, ErrorUri.CANCELED, Payload.of("the application is stopping"));
        }
    }

    private void run(Served procedure, Invocation invocation) {
        try {
            Object result = procedure.handler.called(new CallHandler.ReceivedCall(
                    procedure.procedure, invocation.details(), mapping.read(invocation.payload())));
            if (result instanceof CompletionStage<?> later) {
                later.whenComplete((value, failure) -> answer(procedure, invocation, value, failure));
            } else {
                answer(procedure, invocation, result, null);
            }
        } catch (Throwable failure) { // whatever it is: the caller waits for an answer
            answer(procedure, invocation, null, failure);
        }
    }

    private void answer(Served procedure, Invocation invocation, @Nullable Object result, @Nullable Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        try {
            if (cause instanceof ApplicationError error && new Uri(error.uri()).isLegal(Uri.Rules.LOOSE)) {
                refuse(invocation, new Uri(error.uri()), mapping.write(error.arguments()));
            } else if (cause != null) {
                failed(procedure, invocation, cause);
            } else {
                Arguments arguments = result instanceof Arguments all ? all : Arguments.of(result);
                send(new Yield(invocation.request(), Dict.EMPTY, mapping.write(arguments)));
            }
        } catch (IllegalArgumentException unmappable) {
            failed(procedure, invocation, unmappable);
        }
    }

    private void failed(Served procedure, Invocation invocation, Throwable cause) {
        LOG.log(ERROR, "CAR-501 the procedure " + procedure.procedure + " failed", cause);
        refuse(invocation, ErrorUri.INTERNAL, Payload.of("the procedure failed; the log of its application says how"));
    }

    private void refuse(Invocation invocation, Uri error, Payload payload) {
        send(new Error(MessageCode.INVOCATION, invocation.request(), Dict.EMPTY, error, payload));
    }

    private void send(Message message) {
        try {
            connection.send(message);
        } catch (SessionClosed tooLate) {
            LOG.log(DEBUG, "an answer came too late: {0}", tooLate.getMessage());
        }
    }
}
