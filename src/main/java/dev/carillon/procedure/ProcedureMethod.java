package dev.carillon.procedure;

import dev.carillon.client.ApplicationError;
import dev.carillon.client.Arguments;
import dev.carillon.client.CallHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One method as a procedure. Runs on a thread of the application, with a request context of its own. */
final class ProcedureMethod implements CallHandler {

    /** By name, because a server may have no EJBs at all. */
    private static final String EJB_EXCEPTION = "jakarta.ejb.EJBException";

    private final String uri;
    private final Method method;
    private final boolean interruptible;
    private final AllowedCallers allowed;
    private final Supplier<BeanInstance> bean;
    private final CurrentCaller caller;
    private final MethodConstraints constraints;
    private final Parameters parameters;

    /** The bean to call, for one call. */
    interface BeanInstance {
        Object get();

        /** Ends the dependent objects that were made for the call. */
        void release();
    }

    ProcedureMethod(
            String uri,
            Method method,
            boolean interruptible,
            AllowedCallers allowed,
            Supplier<BeanInstance> bean,
            CurrentCaller caller,
            MethodConstraints constraints) {
        this.uri = uri;
        this.method = method;
        this.interruptible = interruptible;
        this.allowed = allowed;
        this.bean = bean;
        this.caller = caller;
        this.constraints = constraints;
        this.parameters = new Parameters(method);
    }

    String uri() {
        return uri;
    }

    AllowedCallers allowed() {
        return allowed;
    }

    @Override
    public boolean isInterruptible() {
        return interruptible;
    }

    @Override
    public @Nullable Object called(ReceivedCall call) throws Exception {
        @Nullable Object[] arguments = parameters.map(call.arguments());
        caller.begin(call);
        BeanInstance instance = bean.get();
        boolean later = false;
        try {
            Object result = invoke(instance.get(), arguments);
            if (result instanceof CompletionStage<?> stage) {
                later = true;
                return stage.whenComplete((value, failure) -> instance.release())
                        .thenApply(this::simple);
            }
            return simple(result);
        } finally {
            caller.end();
            if (!later) {
                instance.release();
            }
        }
    }

    private @Nullable Object invoke(Object target, @Nullable Object[] arguments) throws Exception {
        constraints.parameters(target, method, arguments);
        try {
            Object result = method.invoke(target, arguments);
            constraints.result(target, method, result);
            return result;
        } catch (InvocationTargetException thrown) {
            throw told(thrown.getCause());
        }
    }

    private Exception told(Throwable thrown) {
        // The EJB container wraps an exception that it does not know as one of the application's.
        Throwable cause = thrown.getClass().getName().equals(EJB_EXCEPTION) && thrown.getCause() != null
                ? thrown.getCause()
                : thrown;
        if (cause instanceof ApplicationError error) {
            return error;
        }
        Optional<ApplicationError> violation = constraints.toldBy(cause, method);
        if (violation.isPresent()) {
            return violation.get();
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        return (Exception) thrown;
    }

    private @Nullable Object simple(@Nullable Object result) {
        if (method.getReturnType() == void.class) {
            return Arguments.NONE;
        }
        return result instanceof Optional<?> optional ? optional.orElse(null) : result;
    }
}
