package dev.carillon.wiring;

import dev.carillon.protocol.Uri;
import dev.carillon.security.Origins;
import dev.carillon.session.OutboxLimits;
import dev.carillon.transport.HandshakeSettings;
import dev.carillon.transport.TransportSettings;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be set, with defaults; the guide's page "Configuration" lists the keys.
 *
 * @param open anybody may do everything, in the realm {@value #OPEN_REALM}
 * @param realms the names of the realms, the default one first, without repetition
 * @param strictRequestIds whether request ids must count 1, 2, 3
 * @param roles the roles that the container is asked about when a user fetches a ticket
 * @param backendSecret what back-ends sign their tickets with
 */
record CarillonSettings(
        boolean open,
        List<String> realms,
        Uri.Rules uriRules,
        boolean strictRequestIds,
        Origins origins,
        List<String> roles,
        Optional<String> backendSecret,
        Duration ticketTimeToLive,
        HandshakeSettings handshake,
        TransportSettings transport,
        OutboxLimits outbox) {

    static final String OPEN_REALM = "realm1";

    private static final Duration TICKET_TIME_TO_LIVE = Duration.ofSeconds(60);

    static CarillonSettings read(SettingsReader in) {
        boolean open = in.flag("open", false);
        List<String> realms = realms(in);
        return new CarillonSettings(
                open,
                open ? List.of(OPEN_REALM) : realms,
                in.flag("uri.strict", false) ? Uri.Rules.STRICT : Uri.Rules.LOOSE,
                in.flag("request-ids.strict", false),
                in.checked(() -> new Origins(in.list("origins")), new Origins(List.of())),
                in.list("security.roles"),
                in.text("backend.secret"),
                in.duration("ticket.time-to-live", TICKET_TIME_TO_LIVE),
                new HandshakeSettings(in.flag("ticket.in-url", false)),
                in.checked(() -> transport(in), TransportSettings.DEFAULT),
                in.checked(() -> outbox(in), OutboxLimits.DEFAULT));
    }

    /** Where a notification goes that names no realm. */
    String defaultRealm() {
        return realms.get(0);
    }

    private static List<String> realms(SettingsReader in) {
        Set<String> realms = new LinkedHashSet<>();
        realms.add(realm(in, "realm", in.text("realm").orElse("carillon")));
        in.list("realms").forEach(more -> realms.add(realm(in, "realms", more)));
        return List.copyOf(realms);
    }

    private static String realm(SettingsReader in, String key, String name) {
        if (!new Uri(name).isLegal(Uri.Rules.LOOSE)) {
            in.problem(key, name, "a URI such as carillon or com.example.shop");
        }
        return name;
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
