package dev.carillon.demo;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes points in time as people in the office say them: "today, 14:03". */
@Named("calendar")
@ApplicationScoped
public class OfficeCalendar {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ENGLISH);
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMM, HH:mm", Locale.ENGLISH);

    private final Clock clock;

    /** By the server's clock, in its time zone. */
    public OfficeCalendar() {
        this(Clock.systemDefaultZone());
    }

    OfficeCalendar(Clock clock) {
        this.clock = clock;
    }

    /** Time only for today and yesterday, else with the day. */
    public String when(Instant instant) {
        ZonedDateTime then = instant.atZone(clock.getZone());
        ZonedDateTime now = ZonedDateTime.now(clock);
        if (then.toLocalDate().equals(now.toLocalDate())) {
            return "today, " + TIME.format(then);
        }
        if (then.toLocalDate().equals(now.toLocalDate().minusDays(1))) {
            return "yesterday, " + TIME.format(then);
        }
        return DAY.format(then);
    }
}
