package dev.carillon.admin;

import static java.lang.System.Logger.Level.INFO;

import dev.carillon.history.History;
import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaArguments;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.realm.Realm;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code carillon.history.list} and {@code clear}. */
final class HistoryProcedures {

    private static final System.Logger LOG = System.getLogger(HistoryProcedures.class.getName());

    private final Realm realm;
    private final Predicate<HistorySettings> stored;

    private HistoryProcedures(Realm realm, Predicate<HistorySettings> stored) {
        this.realm = realm;
        this.stored = stored;
    }

    static void serveIn(Realm realm, Predicate<HistorySettings> stored) {
        HistoryProcedures histories = new HistoryProcedures(realm, stored);
        realm.serve("carillon.history.list", (caller, arguments) -> histories::list);
        realm.serve("carillon.history.clear", histories::clear);
    }

    private Answer list() {
        return Answer.of(realm.histories().all().stream().map(this::asValues).toList());
    }

    private Map<String, Object> asValues(History history) {
        HistorySettings settings = history.settings();
        History.Extent extent = history.extent();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("topics", settings.topics().uri().value());
        values.put("match", settings.topics().policy().wireName());
        values.put("events", extent.events());
        values.put("oldest", text(extent.oldest()));
        values.put("newest", text(extent.newest()));
        values.put("max_events", settings.maxEvents());
        values.put("max_age", settings.maxAge().toString());
        values.put("stored", stored.test(settings));
        return values;
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : time.toString();
    }

    /** Argument: the topics of a history, as they are listed. Result: how many events it has held. */
    private Supplier<Answer> clear(Session caller, MetaArguments arguments) {
        String topics = arguments.string(0, "topics");
        List<History> histories = realm.histories().all();
        History history = histories.stream()
                .filter(each -> each.settings().topics().uri().value().equals(topics))
                .findFirst()
                .orElseThrow(() -> new WampError(
                        ErrorUri.INVALID_ARGUMENT,
                        "no history is configured for '" + topics + "'; carillon.history.list has all"));
        return () -> {
            int events = history.clear();
            Deliveries told = new Deliveries()
                    .afterwards(() -> LOG.log(
                            INFO,
                            "CAR-652 {0} has cleared the history ''{1}'' of realm {2}: {3} events",
                            caller.identity().authid(),
                            history.settings().name(),
                            realm.name(),
                            Integer.toString(events)));
            return new Answer(Answer.of(events).payload(), told);
        };
    }
}
