package dev.carillon.remote;

import dev.carillon.client.Connection;
import dev.carillon.protocol.Message;
import java.io.IOException;

/** Opens connections to one router. */
@FunctionalInterface
interface Dialer {

    /**
     * Connects, and waits until that is done.
     *
     * @param peer told what comes in; nothing does before something was sent
     * @throws IOException if there is no connection; the message says why, in words for whoever runs the program
     */
    Link dial(Peer peer) throws IOException;

    /** A connection that knows whether the other end is alive. */
    interface Link extends Connection {

        /** Asks for a sign of life. */
        void ping();

        /** Ends the connection at once: what was sent and has not left is not waited for. */
        void abandon();
    }

    /** Who a connection belongs to. */
    interface Peer {

        /** One message at a time, in order. */
        void received(Message message);

        /** Something came in, if only an answer to a ping. */
        void alive();

        /** Once, whoever has ended the connection. */
        void disconnected(String why);
    }
}
