package dev.carillon.executor;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tasks until their time, and forgets at once what is called off. Schedulers of servers do not: they keep a task that
 * was called off, and all it refers to, until its time. So this one gives them one task only, and that for a short time.
 * Safe for use by many threads.
 */
public final class AlarmClock implements Timers {

    private static final System.Logger LOG = System.getLogger(AlarmClock.class.getName());

    /** The scheduler has nothing of this for longer, wanted or not. */
    static final Duration LONGEST_SLEEP = Duration.ofSeconds(10);

    private final Timers scheduler;
    private final LongSupplier nanos;

    private final TreeSet<Alarm> alarms =
            new TreeSet<>(Comparator.comparingLong(Alarm::due).thenComparingLong(Alarm::number)); // guarded by this
    private long lastNumber; // guarded by this
    private boolean closed; // guarded by this
    private volatile boolean isToWakeEarlier; // than the scheduler knows

    /** Held while the scheduler is asked, which may take its time; taken before the lock of this. */
    private final Object scheduling = new Object();

    private @Nullable Wake wake; // guarded by scheduling; null if the scheduler has no task

    private record Alarm(long due, long number, Runnable task) {}

    private static final class Wake {
        final long due;
        Runnable callOff = () -> {};

        Wake(long due) {
            this.due = due;
        }
    }

    /**
     * @param scheduler may throw, as one that stops does; it is tried again at the next {@link #wind()}
     * @param nanos the time, from any origin; it only goes on
     */
    public AlarmClock(Timers scheduler, LongSupplier nanos) {
        this.scheduler = scheduler;
        this.nanos = nanos;
    }

    /** Runs nothing before {@link #wind()} is called. When this is closed, the task is forgotten. */
    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        if (closed) {
            return () -> {};
        }
        Alarm alarm = new Alarm(nanos.getAsLong() + delay.toNanos(), ++lastNumber, task);
        alarms.add(alarm);
        if (alarms.first() == alarm) {
            isToWakeEarlier = true;
        }
        return () -> forget(alarm);
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
    }

    @Override
    public void wind() {
        if (isToWakeEarlier) {
            synchronized (scheduling) {
                wakeFor(earliest());
            }
        }
    }

    /** Forgets all, and whatever comes later. */
    public void close() {
        synchronized (scheduling) {
            synchronized (this) {
                closed = true;
                alarms.clear();
            }
            if (wake != null) {
                wake.callOff.run();
                wake = null;
            }
        }
    }

    private synchronized @Nullable Alarm earliest() {
        isToWakeEarlier = false;
        return alarms.isEmpty() ? null : alarms.first();
    }

    private void wakeFor(@Nullable Alarm earliest) {
        long now = nanos.getAsLong();
        if (earliest == null || wake != null && wake.due <= earliest.due) {
            return;
        }
        if (wake != null) {
            wake.callOff.run();
        }
        long sleep = Math.max(0, Math.min(earliest.due - now, LONGEST_SLEEP.toNanos()));
        Wake next = new Wake(now + sleep);
        try {
            next.callOff = scheduler.after(Duration.ofNanos(sleep), () -> ring(next));
            wake = next;
        } catch (RuntimeException stopping) {
            wake = null;
            isToWakeEarlier = true;
            LOG.log(DEBUG, "no alarm rings: {0}", stopping.getMessage());
        }
    }

    private void ring(Wake woken) {
        due().forEach(AlarmClock::run);
        synchronized (scheduling) {
            if (wake == woken) {
                wake = null;
                wakeFor(earliest());
            }
        }
    }

    private synchronized List<Alarm> due() {
        long now = nanos.getAsLong();
        List<Alarm> due = new ArrayList<>();
        while (!alarms.isEmpty() && alarms.first().due <= now) {
            due.add(alarms.pollFirst());
        }
        return due;
    }

    private static void run(Alarm alarm) {
        try {
            alarm.task.run();
        } catch (RuntimeException | Error failure) { // the next must run, and the clock go on
            LOG.log(ERROR, "CAR-905 what was to be done at a certain time failed; what comes later goes on", failure);
        }
    }
}
