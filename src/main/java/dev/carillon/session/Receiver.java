package dev.carillon.session;

import dev.carillon.protocol.Message;

/** What an established session's messages go to. */
public interface Receiver {

    /**
     * @throws dev.carillon.protocol.ProtocolViolation if the message has no business in an established session
     */
    void receive(Session from, Message message);

    /**
     * Removes every trace of the session; it has ended or is about to. Does nothing if none is left.
     *
     * @param reason under which the end is counted
     */
    void leave(Session session, String reason);
}
