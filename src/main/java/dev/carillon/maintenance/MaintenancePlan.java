package dev.carillon.maintenance;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is going to happen, and what users are told of it.
 *
 * <pre>{@code
 * maintenance.announce(MaintenancePlan.at(noon).until(noon.plus(Duration.ofMinutes(20))).saying("A new version").by("alice"));
 * }</pre>
 *
 * @param message for everybody to read; may be empty
 * @param start null: now
 * @param end when it is planned to be open again; null if nobody knows. Nothing happens then by itself
 * @param by who wants it
 * @throws IllegalArgumentException if the message is too long, or the end is not behind the start
 */
public record MaintenancePlan(
        String message, @Nullable Instant start, @Nullable Instant end, String by) {

    /** More than a dialog on a telephone can show. */
    private static final int LONGEST_MESSAGE = 1_000;

    public MaintenancePlan {
        message = message.strip();
        if (message.length() > LONGEST_MESSAGE) {
            throw new IllegalArgumentException("the message has " + message.length() + " characters; " + LONGEST_MESSAGE
                    + " at most can be shown");
        }
        if (start != null && end != null && !end.isAfter(start)) {
            throw new IllegalArgumentException("the planned end, " + end + ", is not behind the start, " + start);
        }
    }

    public static MaintenancePlan now() {
        return new MaintenancePlan("", null, null, "application");
    }

    public static MaintenancePlan at(Instant start) {
        return new MaintenancePlan("", start, null, "application");
    }

    /** The same with a planned end. */
    public MaintenancePlan until(@Nullable Instant planned) {
        return new MaintenancePlan(message, start, planned, by);
    }

    /** The same with words for everybody. */
    public MaintenancePlan saying(String words) {
        return new MaintenancePlan(words, start, end, by);
    }

    /** The same, wanted by this user; without it, by {@code application}. */
    public MaintenancePlan by(String user) {
        return new MaintenancePlan(message, start, end, user);
    }
}
