package dev.carillon.support;

import dev.carillon.history.Histories;
import dev.carillon.history.HistorySettings;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.Realm;
import dev.carillon.realm.RealmSettings;
import dev.carillon.realm.Surroundings;
import dev.carillon.router.JoinRate;
import dev.carillon.router.Router;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.OutboxLimits;
import dev.carillon.session.SessionLimits;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * A router without a container. Its ids are not random but count: sessions and publications from 1001, subscriptions from
 * 1.
 */
public final class TestRouter {

    public static final String REALM = "realm1";

    private final Metrics metrics = new Metrics();
    private final List<Realm> realms;
    private final Router router;
    private final HandMovedClock clock = new HandMovedClock();

    private TestRouter(RealmSettings settings, OutboxLimits limits, HistorySettings... histories) {
        this(settings, limits, 0, histories);
    }

    private TestRouter(RealmSettings settings, OutboxLimits limits, int joinsPerSecond, HistorySettings... histories) {
        JoinRate joins = new JoinRate(joinsPerSecond, clock);
        AtomicLong epochs = new AtomicLong();
        LongSupplier ids = new AtomicLong(1000)::incrementAndGet; // the realms share it, and tests may use threads
        realms = Stream.of(REALM, "realm2")
                .map(name -> new Realm(
                        name,
                        settings.with(Histories.inMemory(
                                List.of(histories), clock, () -> "epoch" + epochs.incrementAndGet())),
                        new Surroundings(ids, clock, clock, Runnable::run, metrics)))
                .toList();
        router = new Router(realms, limits, joins, metrics);
    }

    /** Everybody may do everything; the first history's positions are {@code epoch1:1}, {@code epoch1:2} and so on. */
    public static TestRouter openWith(HistorySettings... histories) {
        return with(open(Uri.Rules.LOOSE, false), histories);
    }

    public static TestRouter with(RealmSettings settings, HistorySettings... histories) {
        return new TestRouter(settings, OutboxLimits.DEFAULT, histories);
    }

    /** Everybody may do everything. */
    public static TestRouter open() {
        return with(Authenticator::anybody, Authorizer.OPEN);
    }

    public static TestRouter with(Authenticator authenticator, Authorizer authorizer) {
        return with(RealmSettings.of(authenticator, authorizer));
    }

    public static TestRouter with(OutboxLimits limits) {
        return new TestRouter(open(Uri.Rules.LOOSE, false), limits);
    }

    public static TestRouter with(RealmSettings settings, OutboxLimits limits, HistorySettings... histories) {
        return new TestRouter(settings, limits, histories);
    }

    /** Everybody may do everything, as much as these allow. */
    public static TestRouter with(SessionLimits limits) {
        return with(open(Uri.Rules.LOOSE, false).with(limits));
    }

    /** Everybody may do everything, but so many only may join in a second. */
    public static TestRouter withJoinsPerSecond(int joinsPerSecond) {
        return new TestRouter(open(Uri.Rules.LOOSE, false), OutboxLimits.DEFAULT, joinsPerSecond);
    }

    public static TestRouter with(Uri.Rules rules) {
        return with(open(rules, false));
    }

    /** A session's requests must count 1, 2, 3. */
    public static TestRouter withStrictRequestIds() {
        return with(open(Uri.Rules.LOOSE, true));
    }

    private static RealmSettings open(Uri.Rules rules, boolean strictRequestIds) {
        return RealmSettings.of(Authenticator::anybody, Authorizer.OPEN)
                .with(rules)
                .withStrictRequestIds(strictRequestIds);
    }

    public void moveClock(Duration by) {
        clock.move(by);
    }

    /** To be called before anybody joins. */
    public TestRouter serving(BiConsumer<Realm, Metrics> further) {
        realms.forEach(realm -> further.accept(realm, metrics));
        return this;
    }

    public Router router() {
        return router;
    }

    public Metrics.Snapshot metrics() {
        return metrics.snapshot();
    }

    /** A peer that has said nothing. */
    public Peer connect() {
        return connect(Handshake.UNKNOWN);
    }

    public Peer connect(Serializer serializer) {
        return new Peer(router, Handshake.UNKNOWN, serializer);
    }

    public Peer connect(Handshake handshake) {
        return new Peer(router, handshake);
    }

    /** A peer that speaks this serializer. */
    public Peer join(Serializer serializer) {
        return new Peer(router, Handshake.UNKNOWN, serializer).join(REALM);
    }

    /** The session of a user who has this one role. */
    public Peer join(String user, String role) {
        Identity identity = new Identity(user, role, Set.of(role), "ticket", "container");
        return connect(new Handshake(null, null, identity)).join(REALM);
    }

    /** A peer whose session is established, its WELCOME read. */
    public Peer join() {
        return connect().join(REALM);
    }

    /** A peer that can do all this. @param features role and feature, such as {@code callee.call_canceling} */
    public Peer joinWith(String... features) {
        return connect().join(REALM, features);
    }

    /** How many alarms are set. */
    public int alarms() {
        return clock.waiting();
    }

    public void publish(String topic, String jsonArguments) {
        router.publish(REALM, new Uri(topic), new Payload.Json(jsonArguments), false);
    }
}
