package dev.carillon.admin;

import dev.carillon.history.HistorySettings;
import dev.carillon.metrics.Metrics;
import dev.carillon.metrics.Sample;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.realm.Realm;
import dev.carillon.security.Permission;
import dev.carillon.topic.Topics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Puts the procedures into realms. Who may call them is decided as for the meta API; the guide's page "Administration" says
 * what they answer.
 */
public final class AdminProcedures {

    private final Topics topics;
    private final List<Permission> permissions;
    private final AdminSettings settings;
    private final List<Setting> configuration;
    private final Predicate<HistorySettings> stored;
    private final List<String> realms;

    /**
     * @param permissions what configuration grants, but for the rights of administrators
     * @param configuration what is told of it
     * @param stored which histories are kept in a database too
     * @param realms the names of all realms, the default one first
     */
    public AdminProcedures(
            Topics topics,
            List<Permission> permissions,
            AdminSettings settings,
            List<Setting> configuration,
            Predicate<HistorySettings> stored,
            List<String> realms) {
        this.topics = topics;
        this.permissions = List.copyOf(permissions);
        this.settings = settings;
        this.configuration = List.copyOf(configuration);
        this.stored = stored;
        this.realms = List.copyOf(realms);
    }

    /** The names of the realms that can be administered, the default one first. */
    public List<String> realms() {
        return realms;
    }

    /** To be called before the first session joins. */
    public void serveIn(Realm realm, Metrics metrics) {
        List<Permission> here = permissions.stream()
                .filter(permission ->
                        permission.realm().map(realm.name()::equals).orElse(true))
                .toList();
        TopicList list = new TopicList(topics, here, settings.roles(), realm);
        realm.serve("carillon.topic.list", list);
        realm.serve("carillon.topic.try", new TopicTrial(topics, realm));
        HistoryProcedures.serveIn(realm, stored);
        realm.serve("carillon.counters", (caller, arguments) -> {
            List<Map<String, Object>> counters =
                    metrics.samples().stream().map(AdminProcedures::asValues).toList();
            return () -> Answer.of(counters);
        });
        List<Map<String, Object>> all =
                configuration.stream().map(AdminProcedures::asValues).toList();
        realm.serve("carillon.configuration", (caller, arguments) -> () -> Answer.of(all));
    }

    private static Map<String, Object> asValues(Sample sample) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("name", sample.name());
        values.put("kind", sample.kind() == Sample.Kind.COUNTER ? "counter" : "gauge");
        values.put("labels", sample.labels());
        values.put("value", isWhole(sample.value()) ? (Object) (long) sample.value() : (Object) sample.value());
        return values;
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1L << 53;
    }

    private static Map<String, Object> asValues(Setting setting) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("key", setting.key());
        values.put("value", setting.value());
        values.put("default", setting.isDefault());
        return values;
    }
}
