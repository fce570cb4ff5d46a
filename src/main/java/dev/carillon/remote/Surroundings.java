package dev.carillon.remote;

import dev.carillon.client.ClientSession;
import dev.carillon.client.Connection;
import dev.carillon.client.Mapping;
import dev.carillon.executor.Timers;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

/**
 * What a client needs from outside.
 *
 * @param threads where futures complete, procedures run, and connections are opened
 * @param inOrder where listeners hear: one after the other, across all sessions
 * @param maxWaitingEvents how many events may wait for listeners, before the session ends
 * @param close gives back what the client has made for itself
 */
record Surroundings(
        Dialer dialer,
        Credentials credentials,
        Mapping mapping,
        Executor threads,
        Executor inOrder,
        Timers timers,
        RandomGenerator random,
        int maxWaitingEvents,
        Runnable close) {

    ClientSession session(String realm, Connection connection) {
        return new ClientSession(realm, connection, mapping, threads, inOrder, maxWaitingEvents);
    }
}
