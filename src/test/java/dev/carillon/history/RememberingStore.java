package dev.carillon.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store that can be out of order. */
final class RememberingStore implements EventStore {

    boolean isDown;

    /** What a history's name contains whose events cannot be stored. */
    String poison = "nothing";

    int attempts;
    final List<Integer> batches = new ArrayList<>();
    private final Map<HistoryId, Kept> kept;

    RememberingStore() {
        this(new HashMap<>());
    }

    private RememberingStore(Map<HistoryId, Kept> kept) {
        this.kept = kept;
    }

    /** The same, as the next run of the application sees it. */
    RememberingStore nextRun() {
        return new RememberingStore(kept);
    }

    private static final class Kept {
        String epoch = "";
        long head;

        @Nullable
        RememberingStore openedBy;

        final List<StoredEvent> events = new ArrayList<>();
    }

    List<StoredEvent> events(String name) {
        return kept.entrySet().stream()
                .filter(entry -> entry.getKey().name().contains(name))
                .flatMap(entry -> entry.getValue().events.stream())
                .toList();
    }

    @Override
    public Stored open(HistoryId history, String otherwise, int limit) {
        failIfDown();
        boolean isNew = !kept.containsKey(history);
        Kept found = kept.computeIfAbsent(history, id -> new Kept());
        found.epoch = isNew || found.openedBy != null ? otherwise : found.epoch;
        found.openedBy = this;
        return new Stored(found.epoch, found.head, found.events);
    }

    @Override
    public void write(HistoryId history, Changes changes) {
        attempts++;
        failIfDown();
        if (history.name().contains(poison)) {
            throw new IllegalStateException("poison");
        }
        Kept found = opened(history);
        batches.add(changes.added().size());
        found.events.addAll(changes.added());
        found.events.removeIf(event -> event.sequence() <= changes.dropped());
        found.head = changes.head();
    }

    @Override
    public void close(HistoryId history) {
        failIfDown();
        opened(history).openedBy = null;
    }

    private Kept opened(HistoryId history) {
        Kept found = kept.get(history);
        if (found.openedBy != this) {
            throw new TakenOver("by another run");
        }
        return found;
    }

    private void failIfDown() {
        if (isDown) {
            throw new Failed("it is down", new IllegalStateException());
        }
    }
}
