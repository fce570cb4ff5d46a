package dev.carillon.history;

import java.util.List;

/**
 * What a store has to do to hold the same as the memory.
 *
 * @param dropped up to this sequence number, nothing is kept any more
 * @param head the sequence number of the newest event, once this is written
 * @param added oldest first, without holes
 */
public record Changes(long dropped, long head, List<StoredEvent> added) {

    public Changes {
        added = List.copyOf(added);
    }
}
