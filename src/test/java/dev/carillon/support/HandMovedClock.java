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
    private Instant now = Instant.parse("2026-11-21T10:00:00Z");

    private record Alarm(Instant due, Runnable task) {}

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(now.plus(delay), task);
        alarms.add(alarm);
        return () -> alarms.removeIf(other -> other == alarm);
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
        return alarms.size();
    }

    private Optional<Alarm> nextDue(Instant until) {
        return alarms.stream().filter(alarm -> !alarm.due().isAfter(until)).min(Comparator.comparing(Alarm::due));
    }
}
