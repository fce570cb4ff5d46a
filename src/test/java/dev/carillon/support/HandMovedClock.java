package dev.carillon.support;

import dev.carillon.executor.Timers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Time passes when the test says so; what is due is done by then, on the test's own thread. */
public final class HandMovedClock implements InstantSource, Timers {

    private final List<Alarm> alarms = new ArrayList<>();
    private final List<Alarm> notWound = new ArrayList<>();
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    private record Alarm(Instant due, Runnable task) {} // tasks are lambdas, so no two are equal

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public synchronized Runnable after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(now.plus(delay), task);
        notWound.add(alarm);
        return () -> forget(alarm);
    }

    private synchronized void forget(Alarm alarm) {
        alarms.remove(alarm);
        notWound.remove(alarm);
    }

    /** An alarm that was set does not ring before this: who sets one must not forget it. */
    @Override
    public synchronized void wind() {
        alarms.addAll(notWound);
        notWound.clear();
    }

    public void move(Duration by) {
        Instant until = now.plus(by);
        for (Optional<Alarm> next = nextDue(until); next.isPresent(); next = nextDue(until)) {
            now = next.get().due();
            alarms.remove(next.get());
            next.get().task().run();
        }
        now = until;
    }

    /** How many tasks wait for their time. */
    public int waiting() {
        return alarms.size() + notWound.size();
    }

    private Optional<Alarm> nextDue(Instant until) {
        return alarms.stream().filter(alarm -> !alarm.due().isAfter(until)).min(Comparator.comparing(Alarm::due));
    }
}
