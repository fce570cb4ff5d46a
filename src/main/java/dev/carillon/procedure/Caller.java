package dev.carillon.procedure;

/**
 * Who has called the {@link Procedure} that runs. Inject it into any bean that the procedure uses, on the procedure's own
 * thread.
 *
 * <p>Every method throws {@link IllegalStateException} while no procedure runs.
 */
public interface Caller {

    /** The user's name, as the container knows it; {@code application} for a session in process. */
    String name();

    boolean isInRole(String role);

    /** The id of the caller's WAMP session. */
    long session();

    /**
     * Sends the caller a part of the result before the result, if it asked for that; else, and behind the
     * result, does nothing. Advanced Profile, "Progressive Call Results".
     */
    void progress(Object... part);
}
