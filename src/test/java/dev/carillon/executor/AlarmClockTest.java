package dev.carillon.executor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.HandMovedClock;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** The scheduler is moved by hand, and keeps what is called off until its time, as that of a server does. */
class AlarmClockTest {

    private final HandMovedClock time = new HandMovedClock();
    private final List<String> done = new ArrayList<>();
    private final List<Duration> asked = new ArrayList<>();
    private boolean rejecting;
    private int calledOff;
    private final AlarmClock alarms =
            new AlarmClock(this::schedule, () -> time.instant().toEpochMilli() * 1_000_000);

    @Test
    void eachTaskRunsOnceAtItsTimeInWhateverOrderTheyWereGiven() {
        after(300, "c");
        after(100, "a");
        after(200, "b");
        after(200, "b too");
        move(99);
        assertThat(done).isEmpty();
        move(1);
        assertThat(done).containsExactly("a");
        move(100);
        assertThat(done).containsExactly("a", "b", "b too");
        move(3_600_000);
        assertThat(done).containsExactly("a", "b", "b too", "c");
        assertThat(time.waiting()).isZero();
    }

    @Test
    void theSchedulerHasOneTaskHoweverManyWait() {
        for (int i = 0; i < 1000; i++) {
            after(1000 + i, "task " + i);
        }
        assertThat(time.waiting()).isOne();
        move(10_000);
        assertThat(done).hasSize(1000);
    }

    @Test
    void whatIsCalledOffNeverRunsAndTheRestDoes() {
        Runnable callOff = after(100, "called off");
        after(200, "wanted");
        callOff.run();
        callOff.run();
        move(1000);
        assertThat(done).containsExactly("wanted");
    }

    @Test
    void whatIsCalledOffIsReferredToByNothingAnyMore() {
        Object session = new Object();
        WeakReference<Object> reference = new WeakReference<>(session);
        Runnable callOff = keeping(session);
        session = null;
        callOff.run();
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (reference.get() != null && System.nanoTime() < deadline) {
            callOff = null; // it may refer to the task, and its holder forgets it
            System.gc();
        }
        assertThat(reference.get()).isNull();
        assertThat(time.waiting()).as("tasks in the scheduler").isOne();
    }

    private Runnable keeping(Object session) {
        Runnable callOff = alarms.after(Duration.ofDays(365), () -> done.add(session.toString()));
        alarms.wind();
        return callOff;
    }

    @Test
    void theSchedulerHasNothingForLongHoweverFarTheAlarm() {
        for (int days = 365; days > 0; days--) {
            after(Duration.ofDays(days).toMillis(), "in " + days);
        }
        assertThat(asked).allMatch(delay -> delay.compareTo(AlarmClock.LONGEST_SLEEP) <= 0);
        move(Duration.ofDays(2).toMillis());
        assertThat(done).containsExactly("in 1", "in 2");
        assertThat(time.waiting()).isOne();
    }

    @Test
    void theSchedulerIsNotAskedBeforeTheLocksAreGivenBack() {
        alarms.after(Duration.ofMillis(100), () -> done.add("task"));
        assertThat(asked).isEmpty();
        alarms.wind();
        alarms.wind();
        assertThat(asked).containsExactly(Duration.ofMillis(100));
    }

    @Test
    void aSchedulerThatTakesNothingIsTriedAgainAndNobodyIsDisturbed() {
        rejecting = true;
        after(100, "one");
        rejecting = false;
        after(200, "two");
        move(200);
        assertThat(done).containsExactly("one", "two");
    }

    @Test
    void aTaskThatFailsDisturbsNoOther() {
        alarms.after(Duration.ofMillis(100), () -> {
            throw new StackOverflowError("on purpose");
        });
        after(100, "at the same time");
        after(200, "later");
        move(200);
        assertThat(done).containsExactly("at the same time", "later");
    }

    @Test
    void aTaskMaySetTheNext() {
        alarms.after(Duration.ofMillis(100), () -> after(100, "next"));
        alarms.wind();
        move(199);
        assertThat(done).isEmpty();
        move(1);
        assertThat(done).containsExactly("next");
    }

    @Test
    void behindItsEndItDoesNothingAndTheSchedulersTaskIsCalledOff() {
        after(100, "task");
        alarms.close();
        after(100, "too late").run();
        move(1000);
        assertThat(done).isEmpty();
        assertThat(calledOff).isOne();
        assertThat(asked).hasSize(1);
    }

    private Runnable schedule(Duration delay, Runnable task) {
        if (rejecting) {
            throw new RejectedExecutionException("on purpose");
        }
        asked.add(delay);
        boolean[] isCalledOff = {false};
        time.after(delay, () -> {
            if (!isCalledOff[0]) {
                task.run();
            }
        });
        time.wind();
        return () -> {
            isCalledOff[0] = true;
            calledOff++;
        };
    }

    private Runnable after(long millis, String name) {
        Runnable callOff = alarms.after(Duration.ofMillis(millis), () -> done.add(name));
        alarms.wind();
        return callOff;
    }

    private void move(long millis) {
        time.move(Duration.ofMillis(millis));
    }
}
