package dev.carillon.client;

import dev.carillon.protocol.Message;

/**
 * The way to a router. What comes back goes to {@link ClientSession#receive}, one message at a time; the end of the way,
 * whoever caused it, to {@link ClientSession#disconnected}.
 */
public interface Connection {

    /**
     * Sends a message, in the order of the calls.
     *
     * @throws SessionClosed if the connection has ended
     */
    void send(Message message);

    /** Ends the connection; a second call does nothing. */
    void close();
}
