package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.client.Arguments;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaintenanceCommandTest {

    private final FakeRouter router = new FakeRouter();

    @Test
    void itIsClosedOrAnnounced() {
        router.answers("carillon.maintenance.lock", status("closed"));
        assertThat(router.run("maintenance", "lock", "--yes", "-m", "New version"))
                .isZero();
        assertThat(router.run("maintenance", "lock", "-y", "--start", "PT15M", "--end", "PT30M"))
                .isZero();
        assertThat(router.run("maintenance", "lock", "-y", "--start", "2026-11-28T13:30:00+01:00"))
                .isZero();
        assertThat(router.asked)
                .containsExactly(
                        "call carillon.maintenance.lock [] {\"message\":\"New version\"}",
                        "call carillon.maintenance.lock [] {\"message\":\"\",\"start\":\"2026-11-28T10:15:00Z\",\"end\":\"2026-11-28T10:45:00Z\"}",
                        "call carillon.maintenance.lock [] {\"message\":\"\",\"start\":\"2026-11-28T12:30:00Z\"}");
        assertThat(router.out().lines()).containsExactly("state: closed", "message: New version", "by: backend");
    }

    @Test
    void aTimeOfDayIsTheNextOne() {
        LocalTime now = FakeRouter.NOW.atZone(ZoneId.systemDefault()).toLocalTime();
        router.answers("carillon.maintenance.lock", status("announced"));
        router.run("maintenance", "lock", "-y", "--start", now.minusMinutes(1).toString());
        assertThat(router.asked).singleElement().asString().contains("\"start\":\"2026-11-29T09:59:00Z\"");
    }

    @Test
    void itIsOpenedAndAskedFor() {
        router.answers("carillon.maintenance.unlock", status("open"))
                .answers("carillon.maintenance.status", status("open"));
        assertThat(router.run("maintenance", "unlock")).isZero();
        assertThat(router.run("maintenance", "status", "--json")).isZero();
        assertThat(router.out().strip())
                .isEqualTo("{\"state\":\"open\",\"message\":\"New version\",\"end\":null,\"by\":\"backend\"}");
        assertThat(router.asked)
                .containsExactly("call carillon.maintenance.unlock [] {}", "call carillon.maintenance.status [] {}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"lock --yes", "unlock"})
    void whatMakesNoSenseIsRefusedByTheRouter(String line) {
        router.refuses(Failure.refused("carillon.error.already_closed: it is closed already"));
        assertThat(router.run(("maintenance " + line).split(" "))).isEqualTo(ExitCode.REFUSED);
        assertThat(router.err().lines()).singleElement().asString().contains("carillon: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "maintenance",
                "maintenance close",
                "maintenance lock",
                "maintenance lock --yes --start noon",
                "maintenance lock --yes --end 25:00",
                "maintenance lock --yes --end P"
            })
    void aWrongCommandLineIsOneLineAndTheCode2(String line) {
        assertThat(router.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(router.err().lines()).singleElement().asString().startsWith("carillon: ");
        assertThat(router.asked).isEmpty();
    }

    private static Arguments status(String state) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("state", state);
        status.put("message", "New version");
        status.put("end", null);
        status.put("by", "backend");
        return Arguments.of(status);
    }
}
