package dev.carillon.store;

import dev.carillon.history.Changes;
import dev.carillon.history.EventStore;
import dev.carillon.history.HistoryId;
import dev.carillon.history.StoredEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Histories in two tables of a database. A row of {@code carillon_history} says who has opened the history; that is null
 * after an orderly end, and a crash leaves it as it was.
 */
public final class JdbcEventStore implements EventStore {

    /** Rows in one DELETE: a long one would lock much, for long. */
    private static final int ROWS_AT_ONCE = 1000;

    private static final String FIND = "SELECT id, epoch, head, opened_by FROM carillon_history"
            + " WHERE owner = ? AND realm = ? AND name = ? FOR UPDATE";
    private static final String ADD_HISTORY =
            "INSERT INTO carillon_history (owner, realm, name, epoch, head) VALUES (?, ?, ?, ?, 0)";
    private static final String OPEN = "UPDATE carillon_history SET epoch = ?, opened_by = ? WHERE id = ?";
    private static final String CLOSE = "UPDATE carillon_history SET opened_by = NULL WHERE id = ?";
    private static final String ADVANCE = "UPDATE carillon_history SET head = ? WHERE id = ?";
    private static final String LOAD =
            "SELECT " + EventRow.COLUMNS + " FROM carillon_event" + " WHERE history = ? AND seq > ? ORDER BY seq";
    private static final String ADD_EVENT =
            "INSERT INTO carillon_event (" + EventRow.COLUMNS + ", history) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String DROP = "DELETE FROM carillon_event WHERE history = ? AND seq IN"
            + " (SELECT seq FROM carillon_event WHERE history = ? AND seq <= ? ORDER BY seq FETCH FIRST "
            + ROWS_AT_ONCE + " ROWS ONLY)";

    private final DataSource dataSource;
    private final String owner;
    private final String run = UUID.randomUUID().toString();

    /** @param owner whose histories these are, among those of others in the same tables */
    public JdbcEventStore(DataSource dataSource, String owner) {
        this.dataSource = dataSource;
        this.owner = owner;
    }

    /** Makes the tables if they are missing. */
    public void prepare() {
        try (Connection connection = dataSource.getConnection()) {
            Schema.prepare(connection);
        } catch (SQLException failure) {
            throw new Failed(
                    "the tables carillon_history and carillon_event are not there and could not be made", failure);
        }
    }

    @Override
    public Stored open(HistoryId history, String otherwise, int limit) {
        return inTransaction(connection -> {
            Row row = find(connection, history);
            if (row == null) {
                update(connection, ADD_HISTORY, owner, history.realm(), history.name(), otherwise);
                row = found(connection, history);
            }
            String epoch = row.openedBy() == null ? row.epoch() : otherwise;
            update(connection, OPEN, epoch, run, row.id());
            return new Stored(epoch, row.head(), load(connection, row, limit));
        });
    }

    @Override
    public void write(HistoryId history, Changes changes) {
        long id = inTransaction(connection -> {
            Row row = opened(connection, history);
            // After a failure nobody knows whether the last batch got in: the head does.
            add(connection, row, changes);
            update(connection, ADVANCE, Math.max(row.head(), changes.head()), row.id());
            return row.id();
        });
        int dropped;
        do {
            dropped = inTransaction(connection -> update(connection, DROP, id, id, changes.dropped()));
        } while (dropped == ROWS_AT_ONCE);
    }

    @Override
    public void close(HistoryId history) {
        inTransaction(connection ->
                update(connection, CLOSE, opened(connection, history).id()));
    }

    /** A row of {@code carillon_history}, locked until the end of the transaction. */
    private record Row(
            long id, String epoch, long head, @Nullable String openedBy) {}

    private @Nullable Row find(Connection connection, HistoryId history) throws SQLException {
        try (PreparedStatement statement = prepared(connection, FIND, owner, history.realm(), history.name());
                ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? new Row(
                            rows.getLong("id"),
                            rows.getString("epoch"),
                            rows.getLong("head"),
                            rows.getString("opened_by"))
                    : null;
        }
    }

    private Row found(Connection connection, HistoryId history) throws SQLException {
        Row row = find(connection, history);
        if (row == null) {
            throw new TakenOver("the row of " + history + " is gone");
        }
        return row;
    }

    private Row opened(Connection connection, HistoryId history) throws SQLException {
        Row row = found(connection, history);
        if (!run.equals(row.openedBy())) {
            throw new TakenOver(history + " has been opened by another application since");
        }
        return row;
    }

    private static List<StoredEvent> load(Connection connection, Row row, int limit) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (PreparedStatement statement = prepared(connection, LOAD, row.id(), row.head() - limit)) {
            statement.setFetchSize(ROWS_AT_ONCE);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    events.add(EventRow.read(rows));
                }
            }
        }
        return events;
    }

    private static void add(Connection connection, Row row, Changes changes) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ADD_EVENT)) {
            boolean some = false;
            for (StoredEvent event : changes.added()) {
                if (event.sequence() > row.head()) {
                    int columns = EventRow.bind(event, statement);
                    statement.setLong(columns + 1, row.id());
                    statement.addBatch();
                    some = true;
                }
            }
            if (some) {
                statement.executeBatch();
            }
        }
    }

    private static int update(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = prepared(connection, sql, values)) {
            return statement.executeUpdate();
        }
    }

    private static PreparedStatement prepared(Connection connection, String sql, @Nullable Object... values)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setObject(i + 1, values[i]);
        }
        return statement;
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.on(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException failure) {
                rollBack(connection, failure);
                throw failure;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new Failed("the database says: " + failure.getMessage(), failure);
        }
    }

    private static void rollBack(Connection connection, Exception failure) {
        try {
            connection.rollback();
        } catch (SQLException another) {
            failure.addSuppressed(another);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(Connection connection) throws SQLException;
    }
}
