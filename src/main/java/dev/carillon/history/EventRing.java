package dev.carillon.history;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Events in order; added at the end, removed at the beginning, looked up by place, each at no cost. */
final class EventRing {

    private static final int FIRST_CAPACITY = 16;

    private @Nullable StoredEvent[] slots =
            new StoredEvent[FIRST_CAPACITY]; // a power of two, so that a mask finds the slot
    private int first;
    private int size;

    int size() {
        return size;
    }

    void addLast(StoredEvent event) {
        if (size == slots.length) {
            grow();
        }
        slots[slot(size)] = event;
        size++;
    }

    StoredEvent removeFirst() {
        StoredEvent event = get(0);
        slots[first] = null;
        first = slot(1);
        size--;
        return event;
    }

    /** @param place 0 for the oldest */
    StoredEvent get(int place) {
        StoredEvent event = place < 0 || place >= size ? null : slots[slot(place)];
        if (event == null) {
            throw new IndexOutOfBoundsException("there is no event at " + place + " of " + size);
        }
        return event;
    }

    /** A copy of those from this place on, so many at most. */
    List<StoredEvent> from(int place, int limit) {
        int count = Math.min(limit, size - place);
        List<StoredEvent> events = new ArrayList<>(count);
        for (int i = place; i < place + count; i++) {
            events.add(get(i));
        }
        return events;
    }

    private int slot(int place) {
        return (first + place) & (slots.length - 1);
    }

    private void grow() {
        @Nullable StoredEvent[] larger = new StoredEvent[slots.length * 2];
        for (int i = 0; i < size; i++) {
            larger[i] = get(i);
        }
        slots = larger;
        first = 0;
    }
}
