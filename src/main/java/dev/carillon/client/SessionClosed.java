package dev.carillon.client;

/** The session has ended, before a request or before its answer. */
public final class SessionClosed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public SessionClosed(String why) {
        super(why);
    }
}
