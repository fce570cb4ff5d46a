package dev.carillon.remote;

import dev.carillon.client.SessionClosed;
import java.time.Duration;

/** Hears what becomes of a client's connection, on a thread of the client; what it throws is logged. */
public interface ConnectionListener {

    /** A session is open; what is subscribed and served is being brought into it. @param session its id */
    default void connected(long session) {}

    /** The session has ended, or could not be opened. @param retryIn until the next attempt */
    default void lost(SessionClosed why, Duration retryIn) {}

    /**
     * The router does not let the client have a topic or procedure any more, after it did.
     *
     * @param uri the topic or procedure
     * @param why the router's answer, in words
     */
    default void refused(String uri, String why) {}
}
