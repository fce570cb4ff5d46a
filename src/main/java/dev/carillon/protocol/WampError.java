package dev.carillon.protocol;

/**
 * A request that cannot be granted: the peer gets an ERROR with this URI and a plain sentence, and its session goes on.
 *
 * <p>Basic Profile, "Predefined URIs".
 */
public final class WampError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Uri uri;

    public WampError(Uri uri, String sentence) {
        // A peer causes these at will, so they must be cheap: no stack trace.
        super(sentence, null, false, false);
        this.uri = uri;
    }

    public Uri uri() {
        return uri;
    }

    public String sentence() {
        return String.valueOf(getMessage());
    }
}
