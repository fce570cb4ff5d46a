package dev.carillon.ready;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a user is to be reminded of now, all of it: to the user's topic {@code reminders}, retained. A page shows each id once,
 * however often it is told, and takes away what is not in the list any more.
 */
public final class Reminders extends ForUser {

    public Reminders(String user, List<Reminder> due) {
        super(user, "reminders", List.copyOf(due), true);
    }

    /**
     * One of them.
     *
     * @param id by which it is known again, also when it is dismissed
     * @param url where one can do something about it; null if nowhere
     */
    public record Reminder(
            String id,
            String subject,
            Instant due,
            @Nullable String url) {}
}
