package dev.carillon.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.carillon.maintenance.MaintenanceStatus.State;
import dev.carillon.support.HandMovedClock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Open, announced, closed, open; kept over restarts, and told each time. */
class MaintenanceTest {

    @TempDir
    private Path folder;

    private final HandMovedClock clock = new HandMovedClock();
    private final Instant now = clock.instant();
    private final Instant start = now.plus(Duration.ofMinutes(5));
    private final Instant end = now.plus(Duration.ofMinutes(30));
    private final List<State> told = new ArrayList<>();
    private final List<MaintenanceChanged> changes = new ArrayList<>();
    private Maintenance maintenance;

    @BeforeEach
    void startsOpen() {
        maintenance = started();
        assertThat(maintenance.status()).isEqualTo(MaintenanceStatus.UNTOUCHED);
        assertThat(told).isEmpty();
    }

    @Test
    void whatIsAnnouncedIsClosedWhenItsTimeHasComeAndStaysSoBehindItsPlannedEnd() {
        maintenance.announce(
                MaintenancePlan.at(start).until(end).saying(" New version ").by("admin"));
        assertThat(maintenance.status())
                .isEqualTo(new MaintenanceStatus(State.ANNOUNCED, "New version", now, start, end, "admin"));
        clock.move(Duration.ofMinutes(5).minusSeconds(1));
        assertThat(maintenance.status().state()).isEqualTo(State.ANNOUNCED);
        clock.move(Duration.ofSeconds(1));
        MaintenanceStatus closed = new MaintenanceStatus(State.CLOSED, "New version", start, start, end, "admin");
        assertThat(maintenance.status()).isEqualTo(closed);
        clock.move(Duration.ofHours(2));
        assertThat(maintenance.status()).isEqualTo(closed);
        maintenance.unlock("bob");
        assertThat(maintenance.status())
                .isEqualTo(new MaintenanceStatus(State.OPEN, "", clock.instant(), null, null, "bob"));
        assertThat(told).containsExactly(State.ANNOUNCED, State.CLOSED, State.OPEN);
        assertThat(changes)
                .extracting(change -> change.before().state())
                .containsExactly(State.OPEN, State.ANNOUNCED, State.CLOSED);
    }

    @Test
    void itIsClosedAtOnceAlsoAheadOfAnAnnouncedTime() {
        maintenance.announce(MaintenancePlan.at(start));
        maintenance.lock(MaintenancePlan.now().until(end).by("admin"));
        assertThat(maintenance.status()).isEqualTo(new MaintenanceStatus(State.CLOSED, "", now, now, end, "admin"));
        maintenance.unlock("admin");
        clock.move(Duration.ofHours(1));
        assertThat(maintenance.status().isOpen())
                .as("the announcement is forgotten")
                .isTrue();
        assertThat(clock.waiting()).isZero();
    }

    @Test
    void anAnnouncementIsReplacedOrTakenBack() {
        maintenance.announce(MaintenancePlan.at(start));
        maintenance.announce(MaintenancePlan.at(start.plusSeconds(60)).saying("later"));
        clock.move(Duration.ofMinutes(5));
        assertThat(maintenance.status().state()).isEqualTo(State.ANNOUNCED);
        maintenance.unlock("admin");
        clock.move(Duration.ofMinutes(5));
        assertThat(maintenance.status().isOpen()).isTrue();
    }

    @Test
    void whatMakesNoSenseIsRefusedInWordsAndChangesNothing() {
        assertThatIllegalStateException()
                .isThrownBy(() -> maintenance.unlock("admin"))
                .withMessage("it is open, and nothing is announced");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maintenance.announce(MaintenancePlan.now()))
                .withMessage("an announcement needs a start");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maintenance.announce(MaintenancePlan.at(now)))
                .withMessageContaining("is over");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maintenance.lock(MaintenancePlan.at(start)))
                .withMessageContaining("announce it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maintenance.lock(MaintenancePlan.now().until(now)))
                .withMessageContaining("the planned end, " + now + ", is over");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaintenancePlan.at(end).until(start))
                .withMessageContaining("is not behind the start");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MaintenancePlan.now().saying("x".repeat(1001)))
                .withMessageContaining("1001 characters");
        assertThat(told).isEmpty();
        maintenance.lock(MaintenancePlan.now().by("admin"));
        for (Runnable again : List.<Runnable>of(
                () -> maintenance.lock(MaintenancePlan.now()), () -> maintenance.announce(MaintenancePlan.at(start)))) {
            assertThatIllegalStateException()
                    .isThrownBy(again::run)
                    .withMessage("it is closed already, since " + now + " by admin");
        }
        assertThat(told).containsExactly(State.CLOSED);
    }

    @Test
    void itIsAsItWasBehindARestart() {
        maintenance.lock(
                MaintenancePlan.now().until(end).saying("\"New\"\n<version>").by("admin"));
        Maintenance restarted = started();
        assertThat(restarted.status()).isEqualTo(maintenance.status());
        assertThat(told).containsExactly(State.CLOSED, State.CLOSED);
        restarted.unlock("admin");
        assertThat(file()).doesNotExist();
        assertThat(started().status()).isEqualTo(MaintenanceStatus.UNTOUCHED);
    }

    @Test
    void anAnnouncementGoesOnBehindARestart() {
        maintenance.announce(MaintenancePlan.at(start).by("admin"));
        MaintenanceStatus announced = maintenance.status();
        Maintenance restarted = started();
        assertThat(restarted.status()).isEqualTo(announced);
        clock.move(Duration.ofMinutes(5));
        assertThat(restarted.status().isClosed()).isTrue();
    }

    @Test
    void aTimeThatHasComeWhileTheServerWasDownClosesAtItsStart() {
        maintenance.announce(MaintenancePlan.at(start).until(end).by("admin"));
        HandMovedClock later = new HandMovedClock();
        later.move(Duration.ofMinutes(10));
        Maintenance restarted = started(later);
        assertThat(restarted.status()).isEqualTo(new MaintenanceStatus(State.CLOSED, "", start, start, end, "admin"));
        assertThat(started().status().isClosed()).isTrue();
    }

    @Test
    void aFileThatCannotBeReadMeansClosedUntilSomebodyUnlocks() throws Exception {
        for (String text : List.of(
                "",
                "{",
                "[]",
                "{\"state\":\"ajar\"}",
                "{\"state\":\"announced\"}",
                "{\"state\":1}",
                "{\"state\":\"closed\",\"since\":\"noon\"}",
                "{\"state\":\"closed\",\"end\":7}")) {
            Files.writeString(file(), text);
            Maintenance restarted = started();
            assertThat(restarted.status().isClosed()).as(text).isTrue();
            restarted.unlock("admin");
            assertThat(file()).doesNotExist();
        }
    }

    @Test
    void whatCannotBeKeptCountsAllTheSame() throws Exception {
        Files.writeString(folder.resolve("in the way"), "");
        Maintenance other = new Maintenance(clock, clock, changes::add, topic -> {});
        other.start(folder.resolve("in the way").resolve("maintenance.json"));
        other.unlock("admin"); // what cannot be read means closed
        other.lock(MaintenancePlan.now());
        assertThat(other.status().isClosed()).isTrue();
    }

    @Test
    void nothingIsLeftBesideTheFile() throws Exception {
        maintenance.announce(MaintenancePlan.at(start));
        maintenance.lock(MaintenancePlan.now());
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    private Path file() {
        return folder.resolve("shop.json");
    }

    private Maintenance started() {
        return started(clock);
    }

    private Maintenance started(HandMovedClock at) {
        Maintenance[] one = new Maintenance[1];
        one[0] = new Maintenance(
                at, at, changes::add, topic -> told.add(one[0].status().state()));
        one[0].start(file());
        return one[0];
    }
}
