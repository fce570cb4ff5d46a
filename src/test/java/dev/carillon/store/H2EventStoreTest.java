package dev.carillon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;

/** On H2, which WildFly brings. */
class H2EventStoreTest extends EventStoreContract {

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID();

    /** Without one, the database is gone. */
    private Connection open;

    @Override
    DataSource dataSource() throws SQLException {
        open = as("sa", "").getConnection();
        return as("sa", "");
    }

    @Override
    DataSource withoutTheRightToMakeTables(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("CREATE USER clerk PASSWORD 'secret'");
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON carillon_history, carillon_event TO clerk");
        }
        return as("clerk", "secret");
    }

    @AfterEach
    void end() throws SQLException {
        open.close();
    }

    private DataSource as(String user, String password) {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(url);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        return dataSource;
    }
}
