package dev.carillon.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.history.Changes;
import dev.carillon.history.EventStore;
import dev.carillon.history.HistoryId;
import dev.carillon.history.StoredEvent;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Receivers;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store in a database does, whichever database it is. */
abstract class EventStoreContract {

    private static final HistoryId ORDERS = new HistoryId("shop", "prefix orders/");

    private DataSource dataSource;

    /** The account that owns the tables. */
    abstract DataSource dataSource() throws SQLException;

    /** One that may use the tables, and not make any. */
    abstract DataSource withoutTheRightToMakeTables(Connection owner) throws SQLException;

    @BeforeEach
    void noTables() throws SQLException {
        dataSource = dataSource();
        execute("DROP TABLE IF EXISTS carillon_event", "DROP TABLE IF EXISTS carillon_history");
    }

    @Test
    void aNewHistoryIsEmptyAndGetsTheEpochThatIsOffered() {
        assertThat(store().open(ORDERS, "e1", 10)).isEqualTo(new EventStore.Stored("e1", 0, List.of()));
    }

    @Test
    void afterAnOrderlyEndItGoesOn() {
        EventStore first = store();
        first.open(ORDERS, "e1", 10);
        first.write(ORDERS, new Changes(0, 2, events(1, 2)));
        first.close(ORDERS);

        assertThat(store().open(ORDERS, "e2", 10)).isEqualTo(new EventStore.Stored("e1", 2, events(1, 2)));
    }

    @Test
    void withoutAnOrderlyEndTheEpochIsAnotherAndTheEventsRemain() {
        EventStore first = store();
        first.open(ORDERS, "e1", 10);
        first.write(ORDERS, new Changes(0, 2, events(1, 2)));

        assertThat(store().open(ORDERS, "e2", 10)).isEqualTo(new EventStore.Stored("e2", 2, events(1, 2)));
        assertThat(store().open(ORDERS, "e3", 10).epoch()).isEqualTo("e3");
    }

    @Test
    void onlyTheNewestAreLoaded() {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(0, 20, events(1, 20)));
        assertThat(store().open(ORDERS, "e2", 10).events()).isEqualTo(events(11, 20));
    }

    @Test
    void whatIsDroppedIsDeletedHoweverMuchItIs() throws SQLException {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(0, 2500, events(1, 2500)));
        store.write(ORDERS, new Changes(2499, 2500, List.of()));

        assertThat(number("SELECT COUNT(*) FROM carillon_event")).isEqualTo(1);
        assertThat(number("SELECT MIN(seq) FROM carillon_event")).isEqualTo(2500);
    }

    @Test
    void eventsThatWereDroppedBeforeTheyWereWrittenLeaveNoTrace() {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(5, 7, events(6, 7)));
        store.close(ORDERS);
        assertThat(store().open(ORDERS, "e2", 10)).isEqualTo(new EventStore.Stored("e1", 7, events(6, 7)));
    }

    @Test
    void aBatchOfWhichNobodyKnowsWhetherItGotInMayBeRepeated() {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(0, 2, events(1, 2)));
        store.write(ORDERS, new Changes(0, 3, events(1, 3)));
        assertThat(store().open(ORDERS, "e2", 10).events()).isEqualTo(events(1, 3));
    }

    @Test
    void aBatchIsWrittenAsAWholeOrNotAtAll() {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        List<StoredEvent> twice =
                Stream.concat(events(1, 2).stream(), events(2, 2).stream()).toList();
        assertThatThrownBy(() -> store.write(ORDERS, new Changes(0, 2, twice))).isInstanceOf(EventStore.Failed.class);
        assertThat(store().open(ORDERS, "e2", 10)).isEqualTo(new EventStore.Stored("e2", 0, List.of()));
    }

    @Test
    void realmsNamesAndOwnersAreApart() {
        EventStore store = store();
        List<HistoryId> all =
                List.of(ORDERS, new HistoryId("stock", ORDERS.name()), new HistoryId("shop", "exact chat"));
        for (int i = 0; i < all.size(); i++) {
            store.open(all.get(i), "e" + i, 10);
            store.write(all.get(i), new Changes(0, i + 1, events(1, i + 1)));
        }
        EventStore neighbour = new JdbcEventStore(dataSource, "another");
        assertThat(neighbour.open(ORDERS, "n", 10).head()).isZero();

        for (int i = 0; i < all.size(); i++) {
            store.close(all.get(i));
            assertThat(store.open(all.get(i), "x", 10))
                    .isEqualTo(new EventStore.Stored("e" + i, i + 1, events(1, i + 1)));
        }
    }

    @Test
    void whoeverOpensItLastWrites() {
        EventStore first = store();
        first.open(ORDERS, "e1", 10);
        EventStore second = store();
        second.open(ORDERS, "e2", 10);

        assertThatThrownBy(() -> first.write(ORDERS, new Changes(0, 1, events(1, 1))))
                .isInstanceOf(EventStore.TakenOver.class);
        assertThatThrownBy(() -> first.close(ORDERS)).isInstanceOf(EventStore.TakenOver.class);
        second.write(ORDERS, new Changes(0, 1, events(1, 1)));
        assertThat(store().open(ORDERS, "e3", 10)).isEqualTo(new EventStore.Stored("e3", 1, events(1, 1)));
    }

    @Test
    void aHistoryWhoseRowSomebodyHasDeletedIsNobodys() throws SQLException {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(0, 1, events(1, 1)));
        execute("DELETE FROM carillon_history");
        assertThat(number("SELECT COUNT(*) FROM carillon_event")).isZero();
        assertThatThrownBy(() -> store.write(ORDERS, new Changes(0, 2, events(2, 2))))
                .isInstanceOf(EventStore.TakenOver.class);
    }

    static Stream<Payload> payloads() {
        byte[] large = new byte[3_000_000];
        Arrays.fill(large, (byte) 7);
        return Stream.of(
                Payload.NONE,
                new Payload.Json("[ 1.0, \"\\u0000 ä € \ud83d\ude00\" ],\n{\"a\" : 1e400}"),
                new Payload.Json("[\"" + "x".repeat(3_000_000) + "\"]"),
                new Payload.Bytes(Payload.Encoding.CBOR, 1, new byte[] {(byte) 0x81, 0}),
                new Payload.Bytes(Payload.Encoding.CBOR, 2, new byte[] {(byte) 0x80, (byte) 0xa0}),
                new Payload.Bytes(Payload.Encoding.MESSAGE_PACK, 2, new byte[] {(byte) 0x90, (byte) 0x80}),
                new Payload.Bytes(Payload.Encoding.MESSAGE_PACK, 1, large));
    }

    @ParameterizedTest
    @MethodSource("payloads")
    void aPayloadComesBackAsItWasReceived(Payload payload) {
        assertThat(throughTheStore(event(1, Dict.EMPTY, payload, Receivers.EVERYBODY))
                        .payload())
                .isEqualTo(payload);
    }

    @Test
    void thePayloadOfTheRouterComesBackAsText() {
        assertThat(throughTheStore(event(1, Dict.EMPTY, Payload.of(17, "x"), Receivers.EVERYBODY))
                        .payload())
                .isEqualTo(new Payload.Json("[17,\"x\"]"));
    }

    static Stream<Receivers> receivers() {
        Audience some = new Audience(false, Set.of("alice", "bob"), Set.of("sales"), Set.of(17L, 1L << 53));
        return Stream.of(
                Receivers.EVERYBODY,
                new Receivers(List.of(some, Audience.NOBODY), Audience.NOBODY, null),
                new Receivers(List.of(), some, new SessionId(4711)),
                new Receivers(List.of(), Audience.EVERYBODY, null));
    }

    @ParameterizedTest
    @MethodSource("receivers")
    void whoMayHaveItIsKept(Receivers receivers) {
        assertThat(throughTheStore(event(1, Dict.EMPTY, Payload.NONE, receivers))
                        .receivers())
                .isEqualTo(receivers);
    }

    @Test
    void detailsTopicAndTimeAreKept() {
        Dict details = new Dict(Map.of(
                "publisher",
                4711L,
                "ppt_scheme",
                "x_\u0000\n\"ä",
                "large",
                BigInteger.ONE.shiftLeft(70),
                "list",
                List.of(true, "a", Map.of())));
        StoredEvent event = new StoredEvent(
                1,
                new Uri("orders/ä'\"" + "x".repeat(70_000)),
                new PublicationId(1L << 53),
                Instant.parse("2026-11-21T23:59:59.999Z"),
                details,
                Payload.NONE,
                Receivers.EVERYBODY);
        assertThat(throughTheStore(event)).isEqualTo(event);
    }

    @Test
    void tablesThatAreThereAreLeftAsTheyAre() {
        afterAnOrderlyEndItGoesOn();
        new JdbcEventStore(dataSource, "app").prepare();
        assertThat(store().open(ORDERS, "e3", 10).head()).isEqualTo(2);
    }

    @Test
    void anAccountThatMayNotMakeTablesUsesThoseThatAreThere() throws SQLException {
        store();
        DataSource clerk = clerk();
        JdbcEventStore store = new JdbcEventStore(clerk, "app");
        store.prepare();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(1, 2, events(1, 2)));
        store.close(ORDERS);
        assertThat(store.open(ORDERS, "e2", 10).events()).isEqualTo(events(2, 2));
    }

    @Test
    void anAccountThatMayNotMakeTheTablesIsToldWhatIsMissing() throws SQLException {
        store();
        DataSource clerk = clerk();
        execute("DROP TABLE carillon_event", "DROP TABLE carillon_history");
        assertThatThrownBy(() -> new JdbcEventStore(clerk, "app").prepare())
                .isInstanceOf(EventStore.Failed.class)
                .hasMessageContaining("carillon_history");
    }

    private StoredEvent throughTheStore(StoredEvent event) {
        EventStore store = store();
        store.open(ORDERS, "e1", 10);
        store.write(ORDERS, new Changes(0, 1, List.of(event)));
        return store().open(ORDERS, "e2", 10).events().get(0);
    }

    /** As each run of the application has its own. */
    private EventStore store() {
        JdbcEventStore store = new JdbcEventStore(dataSource, "app");
        store.prepare();
        return store;
    }

    private DataSource clerk() throws SQLException {
        try (Connection connection = dataSource.getConnection()) {
            return withoutTheRightToMakeTables(connection);
        }
    }

    final void execute(String... statements) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private long number(String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(query)) {
            result.next();
            return result.getLong(1);
        }
    }

    private static List<StoredEvent> events(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(
                        number -> event(number, Dict.EMPTY, new Payload.Json("[" + number + "]"), Receivers.EVERYBODY))
                .toList();
    }

    private static StoredEvent event(long sequence, Dict details, Payload payload, Receivers receivers) {
        return new StoredEvent(
                sequence,
                new Uri("orders/" + sequence),
                new PublicationId(sequence + 1000),
                Instant.parse("2026-11-21T10:00:00Z").plusMillis(sequence),
                details,
                payload,
                receivers);
    }
}
