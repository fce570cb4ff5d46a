package dev.carillon.history;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings what is appended to histories into a store, some time later and in batches. There is no queue: what has not been
 * written yet is in the memory of the history, and what has been dropped from there need not be written any more. So
 * an outage of the store costs nothing but the time that it takes to catch up.
 */
public final class HistoryWriter {

    private static final System.Logger LOG = System.getLogger(HistoryWriter.class.getName());

    /** Events in one transaction. */
    static final int BATCH = 500;

    private static final Duration SHORTEST_REST = Duration.ofSeconds(2);
    private static final Duration LONGEST_REST = Duration.ofMinutes(1);

    private final EventStore store;
    private final Executor inOrder;
    private final InstantSource clock;
    private final List<Book> books = new CopyOnWriteArrayList<>();
    private final AtomicBoolean waiting = new AtomicBoolean();

    private boolean failed; // of the ordered tasks, as are the books: told of an outage and not yet of its end

    /** A history and how far the store has followed it. Of the ordered tasks. */
    private static final class Book {
        final HistoryId id;
        final History history;
        long written;
        long dropped;
        boolean takenOver;
        Duration rest = Duration.ZERO; // more than zero if the last attempt has failed
        Instant restUntil = Instant.MIN;

        Book(HistoryId id, History history, long written) {
            this.id = id;
            this.history = history;
            this.written = written;
        }
    }

    /** @param inOrder runs tasks one after the other, on threads that may block and have no transaction */
    public HistoryWriter(EventStore store, Executor inOrder, InstantSource clock) {
        this.store = store;
        this.inOrder = inOrder;
        this.clock = clock;
    }

    /**
     * A history that goes on where the store has it, and is written from now on. It fails as the store does: then nobody
     * could say later what was missed.
     *
     * @param epoch for a new history, or one of which events may be missing
     */
    public CompletableFuture<History> open(String realm, HistorySettings settings, String epoch) {
        HistoryId id = new HistoryId(realm, settings.name());
        return CompletableFuture.supplyAsync(() -> store.open(id, epoch, settings.maxEvents()), inOrder)
                .thenApply(stored -> {
                    History history = new History(settings, clock, stored.epoch(), stored.head(), stored.events());
                    books.add(new Book(id, history, stored.head()));
                    return history;
                });
    }

    /** Returns at once; whatever is not written yet will be soon, unless its history rests after a failure. */
    public void tick() {
        if (waiting.compareAndSet(false, true)) {
            try {
                inOrder.execute(() -> {
                    waiting.set(false);
                    writeAll();
                });
            } catch (RuntimeException rejected) {
                waiting.set(false); // stopping; who finishes will hear of it
            }
        }
    }

    /**
     * Writes what is left, and notes that it is all. It fails if it could not: then the histories begin a new epoch at the
     * next start. What is appended later is lost.
     *
     * @param all asked when everything is written: whether all that was published came to the histories. If not, it is
     *     not noted
     * @return whether it was noted of all histories
     */
    public CompletableFuture<Boolean> finish(BooleanSupplier all) {
        return CompletableFuture.supplyAsync(
                () -> {
                    boolean[] noted = {true};
                    RuntimeException failure = forEachBook(book -> {
                        write(book);
                        if (all.getAsBoolean()) {
                            store.close(book.id);
                        } else {
                            noted[0] = false;
                        }
                    });
                    if (failure != null) {
                        throw failure;
                    }
                    return noted[0];
                },
                inOrder);
    }

    private void writeAll() {
        Instant now = clock.instant();
        RuntimeException failure = forEachBook(book -> {
            if (!now.isBefore(book.restUntil)) {
                writeOrRest(book, now);
            }
        });
        if (failure != null && !failed) {
            failed = true;
            LOG.log(
                    WARNING,
                    "CAR-601 histories cannot be stored now; publishing goes on, they are kept in memory, and this is"
                            + " tried again until it works",
                    failure);
        } else if (failed && books.stream().allMatch(book -> book.takenOver || book.rest.isZero())) {
            failed = false;
            LOG.log(INFO, "CAR-602 histories are stored again; nothing was lost");
        }
    }

    /** One that cannot be stored does not keep the others from it. */
    private @Nullable RuntimeException forEachBook(Consumer<Book> work) {
        RuntimeException failure = null;
        for (Book book : books) {
            try {
                if (!book.takenOver) {
                    work.accept(book);
                }
            } catch (EventStore.TakenOver lost) {
                book.takenOver = true;
                LOG.log(
                        ERROR,
                        "CAR-603 history {0} is stored no more, since another application has opened it; give each its"
                                + " own carillon.history.owner",
                        book.id);
            } catch (RuntimeException now) {
                failure = now;
            }
        }
        return failure;
    }

    private void write(Book book) {
        boolean more = true;
        while (more) {
            Changes changes = book.history.since(book.written, BATCH);
            if (changes.head() > book.written || changes.dropped() > book.dropped) {
                store.write(book.id, changes);
                book.written = changes.head();
                book.dropped = changes.dropped();
            }
            more = changes.added().size() == BATCH;
        }
    }

    private void writeOrRest(Book book, Instant now) {
        try {
            write(book);
            book.rest = Duration.ZERO;
        } catch (RuntimeException failure) {
            Duration twice = book.rest.multipliedBy(2);
            book.rest = twice.isZero() ? SHORTEST_REST : twice.compareTo(LONGEST_REST) < 0 ? twice : LONGEST_REST;
            book.restUntil = now.plus(book.rest);
            throw failure;
        }
    }
}
