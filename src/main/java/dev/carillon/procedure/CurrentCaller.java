package dev.carillon.procedure;

import dev.carillon.client.Arguments;
import dev.carillon.client.CallHandler.ReceivedCall;
import dev.carillon.protocol.Dict;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link Caller} of the procedure that the request context belongs to. */
@RequestScoped
class CurrentCaller implements Caller {

    private @Nullable ReceivedCall call; // null while no procedure runs

    /** @param call in whose details the dealer discloses the caller to the application */
    void begin(ReceivedCall call) {
        this.call = call;
    }

    void end() {
        call = null;
    }

    @Override
    public String name() {
        return details().string("caller_authid").orElseThrow();
    }

    @Override
    public boolean isInRole(String role) {
        return details().strings("_caller_roles").orElse(List.of()).contains(role);
    }

    @Override
    public long session() {
        return (Long) details().entries().get("caller");
    }

    @Override
    public void progress(Object... part) {
        call().progress().accept(Arguments.of(part));
    }

    private Dict details() {
        return call().details();
    }

    private ReceivedCall call() {
        ReceivedCall current = call;
        if (current == null) {
            throw new IllegalStateException("No procedure runs in this request context, so there is no caller");
        }
        return current;
    }
}
