package dev.carillon.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.postgresql.ds.PGSimpleDataSource;

/** On a PostgreSQL that somebody has started; its database is this test's alone. */
@EnabledIfEnvironmentVariable(
        named = PostgresEventStoreTest.URL,
        matches = ".+",
        disabledReason = "no PostgreSQL: " + PostgresEventStoreTest.URL + " names none")
class PostgresEventStoreTest extends EventStoreContract {

    static final String URL = "TEST_POSTGRES_URL";

    @Override
    DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(System.getenv(URL));
        return dataSource;
    }

    @Override
    DataSource withoutTheRightToMakeTables(Connection owner) throws SQLException {
        try (Statement statement = owner.createStatement()) {
            statement.execute("DROP ROLE IF EXISTS clerk");
            statement.execute("CREATE ROLE clerk LOGIN PASSWORD 'secret'");
            statement.execute("REVOKE CREATE ON SCHEMA public FROM PUBLIC"); // as it is from PostgreSQL 15 on
            statement.execute("GRANT SELECT, INSERT, UPDATE, DELETE ON carillon_history, carillon_event TO clerk");
        }
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(System.getenv(URL));
        dataSource.setUser("clerk");
        dataSource.setPassword("secret");
        return dataSource;
    }
}
