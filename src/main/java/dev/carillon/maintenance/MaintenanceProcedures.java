package dev.carillon.maintenance;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaArguments;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.realm.Realm;
import dev.carillon.session.Session;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code carillon.maintenance.lock}, {@code unlock} and {@code status}, which answer the status. Who may call them is
 * decided as for the meta API. They do their work before the turn of the call, as it writes to a file and publishes.
 */
public final class MaintenanceProcedures {

    private final Maintenance maintenance;

    public MaintenanceProcedures(Maintenance maintenance) {
        this.maintenance = maintenance;
    }

    /** To be called before the first session joins. */
    public void serveIn(Realm realm) {
        realm.serve("carillon.maintenance.lock", this::lock);
        realm.serve("carillon.maintenance.unlock", this::unlock);
        realm.serve("carillon.maintenance.status", (caller, arguments) -> () -> answer(maintenance.status()));
    }

    /** Keyword arguments: message, start, end. With a start that is to come, it is announced. */
    private Supplier<Answer> lock(Session caller, MetaArguments arguments) {
        Dict given = arguments.keyword();
        Instant start = time(given, "start");
        try {
            MaintenancePlan plan = new MaintenancePlan(
                    given.string("message").orElse(""),
                    start,
                    time(given, "end"),
                    caller.identity().authid());
            MaintenanceStatus status = start == null ? maintenance.lock(plan) : maintenance.announce(plan);
            return () -> answer(status);
        } catch (IllegalArgumentException wrong) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, String.valueOf(wrong.getMessage()));
        } catch (IllegalStateException closed) {
            throw new WampError(ErrorUri.ALREADY_CLOSED, String.valueOf(closed.getMessage()));
        }
    }

    private Supplier<Answer> unlock(Session caller, MetaArguments arguments) {
        try {
            MaintenanceStatus status = maintenance.unlock(caller.identity().authid());
            return () -> answer(status);
        } catch (IllegalStateException open) {
            throw new WampError(ErrorUri.NOT_CLOSED, String.valueOf(open.getMessage()));
        }
    }

    private static Answer answer(MaintenanceStatus status) {
        return Answer.of(status.asValues());
    }

    /** Null if it was not given. */
    private static @Nullable Instant time(Dict given, String key) {
        try {
            return given.string(key)
                    .map(text -> OffsetDateTime.parse(text).toInstant())
                    .orElse(null);
        } catch (DateTimeParseException wrong) {
            throw new WampError(
                    ErrorUri.INVALID_ARGUMENT,
                    "'" + key + "' must be a time such as 2026-11-28T12:30:00Z or 2026-11-28T13:30:00+01:00");
        }
    }
}
