package dev.carillon.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class OfficeCalendarTest {

    /** Half past midnight in Berlin; still the day before in UTC. */
    private final OfficeCalendar calendar =
            new OfficeCalendar(Clock.fixed(Instant.parse("2026-06-09T22:30:00Z"), ZoneId.of("Europe/Berlin")));

    @Test
    void todayIsTheOfficesDayAndNotThatOfUtc() {
        assertThat(calendar.when(Instant.parse("2026-06-09T22:03:00Z"))).isEqualTo("today, 00:03");
    }

    @Test
    void aMinuteBeforeMidnightWasYesterday() {
        assertThat(calendar.when(Instant.parse("2026-06-09T21:59:00Z"))).isEqualTo("yesterday, 23:59");
    }

    @Test
    void olderTimesNameTheDay() {
        assertThat(calendar.when(Instant.parse("2026-06-07T08:15:00Z"))).isEqualTo("7 Jun, 10:15");
    }
}
