package dev.carillon.wiring;

import dev.carillon.admin.AdminSettings;
import dev.carillon.history.Histories;
import dev.carillon.history.HistorySettings;
import dev.carillon.maintenance.MaintenanceSettings;
import dev.carillon.ops.DrainSettings;
import dev.carillon.outdated.ContentSettings;
import dev.carillon.protocol.Uri;
import dev.carillon.ready.ReadySettings;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Origins;
import dev.carillon.security.Permission;
import dev.carillon.session.OutboxLimits;
import dev.carillon.session.OutboxPolicies;
import dev.carillon.store.StoreSettings;
import dev.carillon.transport.HandshakeSettings;
import dev.carillon.transport.TransportSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Everything that can be set, with defaults; the guide's page "Configuration" lists the keys.
 *
 * @param open anybody may do everything, in the realm {@value #OPEN_REALM}
 * @param realms the names of the realms, the default one first, without repetition
 * @param strictRequestIds whether request ids must count 1, 2, 3
 * @param disclosure whether publishers and callers may have it said who they are
 * @param visitorRealms the realms that admit visitors, who are not logged in
 * @param publishRate how many publications a second a session may send on average; 0 for any number
 * @param outboxPolicies of all realms
 * @param histories of all realms; each realm has its own
 * @param content how pages learn of changes
 * @param historyStore what the histories are kept in besides memory
 * @param presenceGrace how long a user is still told to be there who has left a topic
 * @param roles the roles that the container is asked about when a user fetches a ticket
 * @param backendSecret what back-ends sign their tickets with
 */
record CarillonSettings(
        boolean open,
        List<String> realms,
        Uri.Rules uriRules,
        boolean strictRequestIds,
        boolean disclosure,
        Set<String> visitorRealms,
        List<Permission> permissions,
        int publishRate,
        Duration presenceGrace,
        List<HistorySettings> histories,
        ContentSettings content,
        Optional<StoreSettings> historyStore,
        Origins origins,
        List<String> roles,
        Optional<String> backendSecret,
        Duration ticketTimeToLive,
        HandshakeSettings handshake,
        TransportSettings transport,
        OutboxLimits outbox,
        List<OutboxPolicies.Rule> outboxPolicies,
        AdminSettings admin,
        DrainSettings drain,
        Limits limits,
        MaintenanceSettings maintenance,
        ReadySettings ready) {

    static final String OPEN_REALM = "realm1";

    private static final int PUBLISH_RATE = 20;
    private static final Duration TICKET_TIME_TO_LIVE = Duration.ofSeconds(60);

    static CarillonSettings read(SettingsReader in) {
        boolean open = in.flag("open", false);
        List<String> realms = realms(in);
        return new CarillonSettings(
                open,
                open ? List.of(OPEN_REALM) : realms,
                in.flag("uri.strict", false) ? Uri.Rules.STRICT : Uri.Rules.LOOSE,
                in.flag("request-ids.strict", false),
                in.flag("disclosure", true),
                visitorRealms(in, realms),
                in.checked(() -> permissions(in, realms), List.of()),
                (int) in.number("publish.rate", open ? 0 : PUBLISH_RATE, Integer.MAX_VALUE),
                in.duration("presence.grace", RealmSettings.PRESENCE_GRACE),
                in.checked(() -> histories(in, open ? List.of(OPEN_REALM) : realms, open), List.of()),
                in.checked(() -> content(in), ContentSettings.DEFAULT),
                in.checked(() -> historyStore(in), Optional.empty()),
                in.checked(() -> new Origins(in.list("origins")), new Origins(List.of())),
                in.list("security.roles"),
                in.secret("backend.secret"),
                in.duration("ticket.time-to-live", TICKET_TIME_TO_LIVE),
                new HandshakeSettings(in.flag("ticket.in-url", false)),
                in.checked(() -> transport(in), TransportSettings.DEFAULT),
                in.checked(() -> outbox(in), OutboxLimits.DEFAULT),
                in.checked(() -> outboxPolicies(in, open ? List.of(OPEN_REALM) : realms), List.of()),
                in.checked(() -> new AdminSettings(in.list("admin.roles")), new AdminSettings(List.of())),
                in.checked(
                        () -> new DrainSettings(in.duration("drain.timeout", DrainSettings.DEFAULT.timeout())),
                        DrainSettings.DEFAULT),
                Limits.read(in, open),
                in.checked(() -> maintenance(in), MaintenanceSettings.DEFAULT),
                in.checked(
                        () -> new ReadySettings(in.duration("ready.ping", ReadySettings.DEFAULT.ping())),
                        ReadySettings.DEFAULT));
    }

    OutboxPolicies outboxPolicies(String realm) {
        return new OutboxPolicies(outboxPolicies.stream()
                .filter(rule -> rule.realm().map(realm::equals).orElse(true))
                .toList());
    }

    /** Where a notification goes that names no realm. */
    String defaultRealm() {
        return realms.get(0);
    }

    /** Those of administrators, too. */
    List<Permission> allPermissions() {
        return Stream.concat(permissions.stream(), admin.permissions().stream()).toList();
    }

    private static List<String> realms(SettingsReader in) {
        Set<String> realms = new LinkedHashSet<>();
        realms.add(realm(in, "realm", in.text("realm", "carillon")));
        in.list("realms").forEach(more -> realms.add(realm(in, "realms", more)));
        return List.copyOf(realms);
    }

    private static Set<String> visitorRealms(SettingsReader in, List<String> realms) {
        List<String> named = in.list("visitors");
        for (String realm : named) {
            if (!realms.contains(realm)) {
                in.problem("visitors", realm, "one of the realms, which are " + String.join(", ", realms));
            }
        }
        return Set.copyOf(new LinkedHashSet<>(named));
    }

    /** Separated by semicolons, since actions are by commas. */
    private static List<Permission> permissions(SettingsReader in, List<String> realms) {
        List<Permission> permissions = in.text("permissions").stream()
                .flatMap(all -> Arrays.stream(all.split(";")))
                .filter(one -> !one.isBlank())
                .map(Permission::parse)
                .toList();
        permissions.forEach(permission -> requireKnown("permissions", permission.realm(), realms));
        return permissions;
    }

    /** Separated by semicolons, as permissions are. In open mode everything has one, unless some are named. */
    private static List<HistorySettings> histories(SettingsReader in, List<String> realms, boolean open) {
        List<HistorySettings> histories = in.text("history").stream()
                .flatMap(all -> Arrays.stream(all.split(";")))
                .filter(one -> !one.isBlank())
                .map(HistorySettings::parse)
                .toList();
        for (HistorySettings history : histories) {
            requireKnown("history", history.realm(), realms);
        }
        realms.forEach(realm -> Histories.requireApart(HistorySettings.ofRealm(realm, histories)));
        return histories.isEmpty() && open ? List.of(HistorySettings.EVERYTHING) : histories;
    }

    private static ContentSettings content(SettingsReader in) {
        return ContentSettings.parse(
                in.flag("content.edits-reach-lists", true),
                in.list("content.roles"),
                in.text("content.history").orElse(ContentSettings.HISTORY));
    }

    /** Separated by semicolons, too. */
    private static List<OutboxPolicies.Rule> outboxPolicies(SettingsReader in, List<String> realms) {
        List<OutboxPolicies.Rule> rules = in.text("outbox.when-full").stream()
                .flatMap(all -> Arrays.stream(all.split(";")))
                .filter(one -> !one.isBlank())
                .map(OutboxPolicies.Rule::parse)
                .toList();
        rules.forEach(rule -> requireKnown("outbox.when-full", rule.realm(), realms));
        return rules;
    }

    private static Optional<StoreSettings> historyStore(SettingsReader in) {
        Optional<String> owner = in.text("history.owner");
        return in.text("history.datasource").map(datasource -> new StoreSettings(datasource, owner));
    }

    private static void requireKnown(String key, Optional<String> realm, List<String> realms) {
        realm.filter(name -> !realms.contains(name)).ifPresent(unknown -> {
            throw new IllegalArgumentException(
                    key + " has the realm '" + unknown + "'; it must be one of " + String.join(", ", realms));
        });
    }

    private static String realm(SettingsReader in, String key, String name) {
        if (!new Uri(name).isLegal(Uri.Rules.LOOSE)) {
            in.problem(key, name, "a URI such as carillon or com.example.shop");
        }
        return name;
    }

    private static MaintenanceSettings maintenance(SettingsReader in) {
        List<String> roles = in.list("maintenance.allow.roles");
        return new MaintenanceSettings(
                in.text("maintenance.file"),
                in.list("maintenance.allow.paths"),
                in.list("maintenance.allow.addresses"),
                roles.isEmpty() ? in.list("admin.roles") : roles,
                in.text("maintenance.page"));
    }

    private static TransportSettings transport(SettingsReader in) {
        TransportSettings or = TransportSettings.DEFAULT;
        return new TransportSettings(
                (int) in.number("message.max-size", or.maxMessageSize(), Integer.MAX_VALUE),
                in.duration("hello.timeout", or.helloTimeout()),
                in.duration("ping.interval", or.pingInterval()),
                in.duration("ping.timeout", or.pingTimeout()),
                in.duration("outbox.send-timeout", or.sendTimeout()));
    }

    private static OutboxLimits outbox(SettingsReader in) {
        OutboxLimits or = OutboxLimits.DEFAULT;
        return new OutboxLimits(
                (int) in.number("outbox.max-messages", or.maxMessages(), Integer.MAX_VALUE),
                in.number("outbox.max-bytes", or.maxBytes(), Long.MAX_VALUE));
    }
}
