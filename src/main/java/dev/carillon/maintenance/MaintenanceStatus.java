package dev.carillon.maintenance;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How things stand.
 *
 * @param message what users are told; empty if nobody said anything
 * @param since when it came to this state; null if it has been open since the application's start
 * @param start when it is closed, or was; null if open
 * @param end when it is planned to be open again; null if open, or not known
 * @param by who has brought it to this state; null as for {@code since}
 */
public record MaintenanceStatus(
        State state,
        String message,
        @Nullable Instant since,
        @Nullable Instant start,
        @Nullable Instant end,
        @Nullable String by) {

    /** The three states, which come in this order, over and over; an announcement may be left out, or taken back. */
    public enum State {
        OPEN,
        ANNOUNCED,
        CLOSED;

        /** As it is written in events and results. */
        String inWords() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Nothing has happened yet. */
    static final MaintenanceStatus UNTOUCHED = new MaintenanceStatus(State.OPEN, "", null, null, null, null);

    static MaintenanceStatus open(Instant since, String by) {
        return new MaintenanceStatus(State.OPEN, "", since, null, null, by);
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** Whether those who come now are turned away. */
    public boolean isClosed() {
        return state == State.CLOSED;
    }

    /** The announced time has come. */
    MaintenanceStatus closed() {
        return new MaintenanceStatus(State.CLOSED, message, start, start, end, by);
    }

    /** For administrators: {@code {state, message, since, start, end, by}}, times in ISO 8601 or null. */
    Map<String, @Nullable Object> asValues() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("state", state.inWords());
        values.put("message", message);
        values.put("since", text(since));
        values.put("start", text(start));
        values.put("end", text(end));
        values.put("by", by);
        return values;
    }

    /** For everybody: who it was is not for visitors, and the server's time lets a page correct its own. */
    Map<String, @Nullable Object> asTold(Instant now) {
        Map<String, @Nullable Object> values = asValues();
        values.remove("by");
        values.put("now", now.toString());
        return values;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }
}
