package dev.carillon.remote;

import dev.carillon.client.SessionClosed;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is a router to talk to: asked once, and remembered until {@link #reset}.
 *
 * <p>Publishing needs no such question; it is for who wants to show, or decide by, whether pages are live.
 */
public final class ConnectionChecker {

    private final String connection;
    private final Supplier<WampClient> client;
    private @Nullable Answer answer; // guarded by this; null before the first question

    /** @param problem empty if there is a router; else why not, in words */
    private record Answer(Optional<String> problem) {}

    /** For a connection text that says all, credentials included. */
    public ConnectionChecker(String connection) {
        this(connection, () -> WampClient.of(connection).build());
    }

    /**
     * @param connection a connection text, or {@code null} as a text for none
     * @param client makes a client, which is used for one attempt and closed
     */
    public ConnectionChecker(String connection, Supplier<WampClient> client) {
        this.connection = connection;
        this.client = client;
    }

    /** @throws IllegalArgumentException if the connection text is wrong */
    public boolean isConfigured() {
        return ConnectionSettings.parse(connection).isPresent();
    }

    /** Whether a session could be opened, at the first question. Takes as long as that takes. */
    public boolean isReachable() {
        return problem().isEmpty();
    }

    /** Why no session could be opened; empty if one could. */
    public synchronized Optional<String> problem() {
        if (answer == null) {
            answer = new Answer(ask());
        }
        return answer.problem();
    }

    private Optional<String> ask() {
        if (!isConfigured()) {
            return Optional.of("no router is configured");
        }
        try (WampClient once = client.get()) {
            once.connect().join();
            return Optional.empty();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof SessionClosed closed) {
                return Optional.of(String.valueOf(closed.getMessage()));
            }
            throw failed;
        }
    }

    /** Forgets the answer: the next question asks anew. */
    public synchronized void reset() {
        answer = null;
    }
}
