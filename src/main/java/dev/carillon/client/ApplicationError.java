package dev.carillon.client;

/**
 * What a procedure throws for its caller to know: an ERROR with this URI, the message as its first argument, and whatever
 * else helps. Anything else that a procedure throws is told to the log only.
 *
 * <p>Basic Profile, "Remote Procedure Calls", ERROR of the callee.
 */
public class ApplicationError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String uri;
    private final transient Arguments arguments;

    /**
     * @param uri of the error, below a name of your own, such as {@code com.example.error.sold_out}
     * @param message a plain sentence for the caller: nothing internal
     */
    public ApplicationError(String uri, String message) {
        this(uri, message, Arguments.of(message));
    }

    /** @param arguments what the ERROR carries, in place of the message */
    public ApplicationError(String uri, String message, Arguments arguments) {
        super(message);
        this.uri = uri;
        this.arguments = arguments;
    }

    public String uri() {
        return uri;
    }

    public Arguments arguments() {
        return arguments == null ? Arguments.of(getMessage()) : arguments;
    }
}
