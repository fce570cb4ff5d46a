package dev.carillon.realm;

import dev.carillon.executor.Timers;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbound;
import dev.carillon.session.Outbox;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The realm's one lock. A turn holds it for memory operations only: what is to be sent joins the outboxes, which fixes the
 * order that each peer sees. Then the lock is released, the sockets are touched, and application code is told.
 */
final class TurnTaking implements Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final Members members;
    private final Timers timers;
    private final Consumer<Session> tooSlow;
    private final BiConsumer<Session, Outbound> dropped;

    /**
     * @param members those on whose behalf turns are taken
     * @param timers wound up behind each turn, which may have set an alarm
     * @param tooSlow ends a session whose outbox is full; called behind the turn, for each message that had no room
     * @param dropped told, behind the turn too, of each event that a session does without: it was droppable and had no
     *     room, or has taken the place of another
     */
    TurnTaking(Members members, Timers timers, Consumer<Session> tooSlow, BiConsumer<Session, Outbound> dropped) {
        this.members = members;
        this.timers = timers;
        this.tooSlow = tooSlow;
        this.dropped = dropped;
    }

    /** The session may have been ended by others since its message came in. */
    @Override
    public boolean turn(Session from, Supplier<Deliveries> work) {
        boolean[] lives = {false};
        turn(() -> {
            lives[0] = members.contains(from.id());
            return lives[0] ? work.get() : new Deliveries();
        });
        return lives[0];
    }

    /** On nobody's behalf. @throws IllegalStateException if the thread is within a turn */
    void turn(Supplier<Deliveries> work) {
        try {
            take(work);
        } finally {
            timers.wind();
        }
    }

    private void take(Supplier<Deliveries> work) {
        if (lock.isHeldByCurrentThread()) {
            throw new IllegalStateException("Turns do not nest: return Deliveries from the turn that is under way");
        }
        List<Session> full = new ArrayList<>(0);
        Deliveries lost = new Deliveries();
        Deliveries deliveries;
        lock.lock();
        try {
            deliveries = work.get();
            deliveries.forEach((session, outbound) -> {
                Outbox.Fate fate = session.outbox().append(outbound);
                if (fate == Outbox.Fate.NO_ROOM) {
                    full.add(session);
                } else if (fate != Outbox.Fate.TAKEN) {
                    lost.add(session, outbound);
                }
            });
        } finally {
            lock.unlock();
        }
        deliveries.forEach((session, outbound) -> session.outbox().flush());
        full.forEach(tooSlow);
        lost.forEach(dropped);
        deliveries.runTasks();
    }
}
