package dev.carillon.wiring;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.carillon.history.EventStore;
import dev.carillon.history.Histories;
import dev.carillon.history.History;
import dev.carillon.history.HistorySettings;
import dev.carillon.history.HistoryWriter;
import dev.carillon.store.JdbcEventStore;
import dev.carillon.store.StoreSettings;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The histories of each realm, with a database behind them if one is configured. */
final class RealmHistories {

    private static final System.Logger LOG = System.getLogger(RealmHistories.class.getName());

    private static final Duration FOR_OPENING = Duration.ofSeconds(30);
    private static final Duration FOR_FINISHING = Duration.ofSeconds(10);

    private final Map<String, Histories> byRealm = new HashMap<>();
    private final @Nullable HistoryWriter writer;

    /**
     * @param inOrder runs tasks one after the other, without a transaction
     * @throws IllegalStateException if there is a database and it cannot be used: nobody could say what would be missed
     */
    RealmHistories(CarillonSettings settings, InstantSource clock, Supplier<String> epochs, Executor inOrder) {
        StoreSettings database = settings.historyStore().orElse(null);
        this.writer = database == null ? null : new HistoryWriter(store(database, inOrder), inOrder, clock);
        for (String realm : settings.realms()) {
            List<History> histories = new ArrayList<>();
            for (HistorySettings history : HistorySettings.ofRealm(realm, settings.histories())) {
                histories.add(
                        writer == null
                                ? new History(history, clock, epochs.get())
                                : opened(writer, realm, history, epochs.get()));
            }
            if (realm.equals(settings.defaultRealm())) { // where changes are told
                ofContent(settings).ifPresent(content -> histories.add(new History(content, clock, epochs.get())));
            }
            byRealm.put(realm, new Histories(histories));
        }
    }

    /** In memory, as it bridges but the time between a page and its subscription; none where another has its topics. */
    private static Optional<HistorySettings> ofContent(CarillonSettings settings) {
        return settings.content()
                .history()
                .filter(content -> HistorySettings.ofRealm(settings.defaultRealm(), settings.histories()).stream()
                        .noneMatch(other -> other.topics().overlaps(content.topics())));
    }

    Histories of(String realm) {
        return byRealm.get(realm);
    }

    /** Once a second. */
    void tick() {
        if (writer != null) {
            writer.tick();
        }
    }

    /**
     * When the router is closed.
     *
     * @param all whether all that was published came to the histories; asked at the very end
     */
    void finish(BooleanSupplier all) {
        try {
            if (writer != null && !await(writer.finish(all), FOR_FINISHING)) {
                LOG.log(
                        WARNING,
                        "CAR-605 something was published too late for the histories. At the next start they begin a new"
                                + " epoch, and pages load their data anew");
            }
        } catch (RuntimeException failure) {
            LOG.log(
                    WARNING,
                    "CAR-604 the last events of the histories could not be stored. At the next start they begin a new"
                            + " epoch, and pages load their data anew",
                    failure);
        }
    }

    private static History opened(HistoryWriter writer, String realm, HistorySettings settings, String epoch) {
        History history = usable(writer.open(realm, settings, epoch));
        LOG.log(
                INFO,
                "CAR-114 history ''{0}'' of realm {1} has {2} events; its epoch is {3}",
                settings.name(),
                realm,
                Long.toString(history.oldestFirst().count()),
                history.epoch().equals(epoch) ? epoch + ", a new one" : history.epoch());
        return history;
    }

    private static EventStore store(StoreSettings settings, Executor inOrder) {
        String owner = settings.owner().orElseGet(RealmHistories::nameOfTheApplication);
        JdbcEventStore store = new JdbcEventStore(dataSource(settings.datasource()), owner);
        usable(CompletableFuture.runAsync(store::prepare, inOrder));
        return store;
    }

    private static DataSource dataSource(String name) {
        try {
            if (InitialContext.doLookup(name) instanceof DataSource found) {
                return found;
            }
        } catch (NamingException unknown) {
            // told below
        }
        throw new IllegalStateException(
                "CAR-112 carillon.history.datasource is '" + name
                        + "'; it must be the JNDI name of a datasource of this server, such as java:jboss/datasources/ExampleDS");
    }

    /** As the server has it: that of the EAR, if there is one, and that of the WAR. */
    private static String nameOfTheApplication() {
        try {
            return Stream.of("java:app/AppName", "java:module/ModuleName")
                    .map(RealmHistories::lookup)
                    .distinct()
                    .reduce((application, module) -> application + "/" + module)
                    .orElseThrow();
        } catch (IllegalStateException unknown) {
            return "carillon";
        }
    }

    private static String lookup(String name) {
        try {
            return InitialContext.doLookup(name);
        } catch (NamingException unknown) {
            throw new IllegalStateException(unknown);
        }
    }

    private static <T> T usable(CompletableFuture<T> future) {
        try {
            return await(future, FOR_OPENING);
        } catch (RuntimeException failure) {
            throw new IllegalStateException(
                    "CAR-113 the database of carillon.history.datasource cannot be used: " + failure.getMessage(),
                    failure);
        }
    }

    private static <T> T await(CompletableFuture<T> future, Duration atMost) {
        try {
            return future.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
        } catch (TimeoutException late) {
            throw new IllegalStateException("no answer within " + atMost, late);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the database", e);
        }
    }
}
