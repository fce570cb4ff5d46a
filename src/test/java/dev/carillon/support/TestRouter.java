package dev.carillon.support;

import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.Realm;
import dev.carillon.realm.RealmSettings;
import dev.carillon.router.Router;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.OutboxLimits;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A router without a container. Its ids are not random but count: sessions and publications from 1001, subscriptions from
 * 1.
 */
public final class TestRouter {

    public static final String REALM = "realm1";

    private final Metrics metrics = new Metrics();
    private final Router router;

    private TestRouter(
            Authenticator authenticator,
            Authorizer authorizer,
            Uri.Rules rules,
            boolean strictRequestIds,
            OutboxLimits limits) {
        this(new RealmSettings(authenticator, authorizer, rules, strictRequestIds), limits);
    }

    private TestRouter(RealmSettings settings, OutboxLimits limits) {
        LongSupplier ids = new AtomicLong(1000)::incrementAndGet; // the realms share it, and tests may use threads
        router = new Router(
                List.of(new Realm(REALM, settings, ids, metrics), new Realm("realm2", settings, ids, metrics)),
                limits,
                metrics);
    }

    /** Everybody may do everything. */
    public static TestRouter open() {
        return with(Authenticator::anybody, Authorizer.OPEN);
    }

    public static TestRouter with(Authenticator authenticator, Authorizer authorizer) {
        return new TestRouter(authenticator, authorizer, Uri.Rules.LOOSE, false, OutboxLimits.DEFAULT);
    }

    public static TestRouter with(OutboxLimits limits) {
        return new TestRouter(Authenticator::anybody, Authorizer.OPEN, Uri.Rules.LOOSE, false, limits);
    }

    public static TestRouter with(RealmSettings settings, OutboxLimits limits) {
        return new TestRouter(settings, limits);
    }

    public static TestRouter with(Uri.Rules rules) {
        return new TestRouter(Authenticator::anybody, Authorizer.OPEN, rules, false, OutboxLimits.DEFAULT);
    }

    /** A session's requests must count 1, 2, 3. */
    public static TestRouter withStrictRequestIds() {
        return new TestRouter(Authenticator::anybody, Authorizer.OPEN, Uri.Rules.LOOSE, true, OutboxLimits.DEFAULT);
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

    public Peer connect(Handshake handshake) {
        return new Peer(router, handshake);
    }

    /** A peer that speaks this serializer. */
    public Peer join(Serializer serializer) {
        return new Peer(router, Handshake.UNKNOWN, serializer).join(REALM);
    }

    /** A peer whose session is established, its WELCOME read. */
    public Peer join() {
        return connect().join(REALM);
    }

    public void publish(String topic, String jsonArguments) {
        router.publish(REALM, new Uri(topic), new Payload.Json(jsonArguments));
    }
}
