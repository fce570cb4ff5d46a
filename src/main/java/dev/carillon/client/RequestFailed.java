package dev.carillon.client;

/** The router, or the callee, has answered a request with ERROR. */
public final class RequestFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String error;
    private final transient Received arguments;

    RequestFailed(String request, String error, Received arguments) {
        super(request + " failed: " + error + sentence(arguments));
        this.error = error;
        this.arguments = arguments;
    }

    /** The URI of the error, such as {@code wamp.error.no_such_procedure}. */
    public String error() {
        return error;
    }

    /** What came with the error; as a rule the first argument is a sentence. */
    public Received arguments() {
        return arguments == null ? Received.NOTHING : arguments;
    }

    private static String sentence(Received arguments) {
        try {
            String sentence = arguments.get(0, String.class);
            return sentence == null ? "" : " (" + sentence + ")";
        } catch (IllegalArgumentException notASentence) {
            return "";
        }
    }
}
