package dev.carillon.procedure;

import dev.carillon.client.ApplicationError;
import dev.carillon.client.Arguments;
import jakarta.ejb.ApplicationException;

/** What a {@link Procedure} throws for its caller to know. The transaction, if there is one, is rolled back. */
@ApplicationException(rollback = true, inherited = true) // or else the EJB container would wrap it and log a failure
public class ProcedureError extends ApplicationError {
    private static final long serialVersionUID = 1L;

    /**
     * @param uri of the error, below a name of your own, such as {@code com.example.error.sold_out}
     * @param message a plain sentence for the caller: nothing internal
     */
    public ProcedureError(String uri, String message) {
        super(uri, message);
    }

    /** @param arguments what the ERROR carries, in place of the message */
    public ProcedureError(String uri, String message, Arguments arguments) {
        super(uri, message, arguments);
    }
}
