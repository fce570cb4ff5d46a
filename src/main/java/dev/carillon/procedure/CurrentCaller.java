package dev.carillon.procedure;

import dev.carillon.protocol.Dict;
import jakarta.enterprise.context.RequestScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@link Caller} of the procedure that the request context belongs to. */
@RequestScoped
class CurrentCaller implements Caller {

    private @Nullable Dict details; // null while no procedure runs

    /** @param details those of the INVOCATION, in which the dealer discloses the caller to the application */
    void begin(Dict details) {
        this.details = details;
    }

    void end() {
        details = null;
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

    private Dict details() {
        if (details == null) {
            throw new IllegalStateException("No procedure runs in this request context, so there is no caller");
        }
        return details;
    }
}
