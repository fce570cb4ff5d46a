package dev.carillon.history;

import java.util.List;

/**
 * Keeps histories beyond the end of the application. It is behind the memory: read at the start only, and written after
 * the events. Its methods may block, are never called in a turn, and by one thread at a time.
 */
public interface EventStore {

    /**
     * Takes a history over: whoever had it before may not write to it any more. Its epoch is the one that it had if it
     * was {@linkplain #close closed} since it was opened last, and {@code otherwise} if it was not, or is new; for events
     * may then have been published that are not here.
     *
     * @param limit how many events to load at most, the newest ones
     * @throws Failed if that cannot be done; then nothing has changed
     */
    Stored open(HistoryId history, String otherwise, int limit);

    /**
     * Makes the store hold what the memory holds. May be repeated after a failure.
     *
     * @throws TakenOver if somebody else has opened the history since
     * @throws Failed if that cannot be done now
     */
    void write(HistoryId history, Changes changes);

    /**
     * Notes that all events that have been published are in the store.
     *
     * @throws TakenOver if somebody else has opened the history since
     * @throws Failed if that cannot be done
     */
    void close(HistoryId history);

    /**
     * What a store holds of a history.
     *
     * @param head the sequence number of the last event that was written, held or not
     * @param events oldest first
     */
    record Stored(String epoch, long head, List<StoredEvent> events) {

        public Stored {
            events = List.copyOf(events);
        }
    }

    /** The store is out of order, or cannot be reached. */
    final class Failed extends RuntimeException {
        public Failed(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Somebody else writes to the history. */
    final class TakenOver extends RuntimeException {
        public TakenOver(String message) {
            super(message);
        }
    }
}
