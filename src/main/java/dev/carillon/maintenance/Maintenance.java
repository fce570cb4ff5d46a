package dev.carillon.maintenance;

import static java.lang.System.Logger.Level.INFO;

import dev.carillon.executor.Timers;
import dev.carillon.maintenance.MaintenanceStatus.State;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Closes the web application for some time. Inject it; administrators do the same by {@link MaintenanceProcedures}.
 *
 * <pre>
 *   OPEN      announce -> ANNOUNCED   lock -> CLOSED
 *   ANNOUNCED announce -> ANNOUNCED   lock -> CLOSED   unlock -> OPEN   its start comes -> CLOSED
 *   CLOSED                                             unlock -> OPEN
 * </pre>
 *
 * <p>What is not in this table throws {@link IllegalStateException} with a sentence for people. A planned end is told, and
 * nothing happens then: somebody must say that the work is done. The state outlives a restart. Safe for use by many threads.
 */
public class Maintenance {

    private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());

    private final InstantSource clock;
    private final Timers timers;
    private final Consumer<MaintenanceChanged> listener;
    private final Consumer<String> publisher;
    private StateFile file = StateFile.NONE; // guarded by this
    private Runnable callOff = () -> {}; // guarded by this
    private volatile MaintenanceStatus status = MaintenanceStatus.UNTOUCHED; // written guarded by this

    /**
     * For {@code wiring}; applications have one injected.
     *
     * @param listener told of every change, in order; must return soon
     * @param publisher publishes to the topic that it is given, in all realms: what is said there is this status
     */
    public Maintenance(
            InstantSource clock, Timers timers, Consumer<MaintenanceChanged> listener, Consumer<String> publisher) {
        this.clock = clock;
        this.timers = timers;
        this.listener = listener;
        this.publisher = publisher;
    }

    /** For the client proxy only. */
    protected Maintenance() {
        this(null, null, null, null);
    }

    /** Goes on from where the application was stopped. @param path of the file that the state is kept in */
    public synchronized void start(Path path) {
        file = new StateFile(path);
        file.read().ifPresent(this::goOn);
    }

    private void goOn(MaintenanceStatus kept) {
        status = kept;
        LOG.log(
                INFO,
                "CAR-821 the application is {0}, as it was when it was stopped",
                kept.state().inWords());
        publisher.accept(MaintenanceTopic.TOPIC);
        if (kept.state() == State.ANNOUNCED) {
            waitForStart();
        }
    }

    public MaintenanceStatus status() {
        return status;
    }

    /**
     * Tells all pages when it will be closed, and closes it then. An announcement that was made before is replaced.
     *
     * @throws IllegalArgumentException if the plan has no start, or one that is over
     * @throws IllegalStateException if it is closed already
     */
    public synchronized MaintenanceStatus announce(MaintenancePlan plan) {
        Instant now = clock.instant();
        Instant start = plan.start();
        if (start == null || !start.isAfter(now)) {
            throw new IllegalArgumentException(
                    start == null ? "an announcement needs a start" : "the start, " + start + ", is over");
        }
        requireNotClosed();
        become(new MaintenanceStatus(State.ANNOUNCED, plan.message(), now, start, plan.end(), plan.by()));
        waitForStart();
        return status;
    }

    /**
     * Closes it at once.
     *
     * @param plan its start must be left out or over, and does not matter
     * @throws IllegalArgumentException if its end is over, or its start is to come
     * @throws IllegalStateException if it is closed already
     */
    public synchronized MaintenanceStatus lock(MaintenancePlan plan) {
        Instant now = clock.instant();
        if (plan.start() != null && plan.start().isAfter(now)) {
            throw new IllegalArgumentException("the start, " + plan.start() + ", is to come: announce it");
        }
        if (plan.end() != null && !plan.end().isAfter(now)) {
            throw new IllegalArgumentException("the planned end, " + plan.end() + ", is over");
        }
        requireNotClosed();
        become(new MaintenanceStatus(State.CLOSED, plan.message(), now, now, plan.end(), plan.by()));
        return status;
    }

    /**
     * Opens it, or takes an announcement back.
     *
     * @param by who wants it
     * @throws IllegalStateException if it is open
     */
    public synchronized MaintenanceStatus unlock(String by) {
        if (status.isOpen()) {
            throw new IllegalStateException("it is open, and nothing is announced");
        }
        become(MaintenanceStatus.open(clock.instant(), by));
        return status;
    }

    private void requireNotClosed() {
        if (status.isClosed()) {
            throw new IllegalStateException("it is closed already"
                    + (status.since() == null ? "" : ", since " + status.since() + " by " + status.by()));
        }
    }

    /** Kept first: what users have been told must hold behind a crash. */
    private void become(MaintenanceStatus next) {
        callOff.run();
        callOff = () -> {};
        MaintenanceStatus before = status;
        file.write(next);
        status = next;
        LOG.log(
                INFO,
                "CAR-822 maintenance: {0} (was {1}), by {2}; start {3}, planned end {4}",
                next.state().inWords(),
                before.state().inWords(),
                next.by(),
                String.valueOf(next.start()),
                String.valueOf(next.end()));
        publisher.accept(MaintenanceTopic.TOPIC);
        listener.accept(new MaintenanceChanged(before, next));
    }

    /** The clock counts that people read: if it was set back meanwhile, there is some time to wait left. */
    private void waitForStart() {
        MaintenanceStatus announced = status;
        Duration left = Duration.between(clock.instant(), announced.start());
        if (left.isNegative() || left.isZero()) {
            become(announced.closed());
        } else {
            callOff = timers.after(left, () -> startMayHaveCome(announced));
            timers.wind();
        }
    }

    private synchronized void startMayHaveCome(@Nullable MaintenanceStatus announced) {
        if (status == announced) {
            waitForStart();
        }
    }
}
