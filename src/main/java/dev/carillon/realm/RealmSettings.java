package dev.carillon.realm;

import dev.carillon.broker.TopicHooks;
import dev.carillon.history.Histories;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Authenticator;
import dev.carillon.security.Authorizer;
import dev.carillon.session.OutboxPolicies;
import dev.carillon.session.SessionLimits;
import java.time.Duration;

/**
 * Who may join a realm, what sessions may do in it, and how strict it is.
 *
 * @param hooks where the application has its say about topics
 * @param strictRequestIds whether a session's requests must count 1, 2, 3; else each may have any id that is not pending
 * @param disclosure whether publishers and callers may have it said who they are
 * @param publishRate how many PUBLISH a second a session may send on average, trusted ones excepted; 0 for any number
 * @param limits how much else a session may have
 * @param policies what becomes of events for those who read too slowly, where configuration says so
 * @param presenceGrace how long a user is still told to be there who has left a topic
 * @param histories what is kept for those who come late; of this realm only
 */
public record RealmSettings(
        Authenticator authenticator,
        Authorizer authorizer,
        TopicHooks hooks,
        Uri.Rules uriRules,
        boolean strictRequestIds,
        boolean disclosure,
        int publishRate,
        SessionLimits limits,
        OutboxPolicies policies,
        Duration presenceGrace,
        Histories histories) {

    /** A page that is loaded again is back by then. */
    public static final Duration PRESENCE_GRACE = Duration.ofSeconds(2);

    /** The application has no say about topics; loose URIs and request ids; any number of publications; no histories. */
    public static RealmSettings of(Authenticator authenticator, Authorizer authorizer) {
        return new RealmSettings(
                authenticator,
                authorizer,
                TopicHooks.NONE,
                Uri.Rules.LOOSE,
                false,
                true,
                0,
                SessionLimits.DEFAULT,
                OutboxPolicies.NONE,
                PRESENCE_GRACE,
                Histories.NONE);
    }

    public RealmSettings with(TopicHooks other) {
        return new RealmSettings(
                authenticator,
                authorizer,
                other,
                uriRules,
                strictRequestIds,
                disclosure,
                publishRate,
                limits,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings with(Uri.Rules other) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                other,
                strictRequestIds,
                disclosure,
                publishRate,
                limits,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings with(Histories other) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strictRequestIds,
                disclosure,
                publishRate,
                limits,
                policies,
                presenceGrace,
                other);
    }

    public RealmSettings withDisclosure(boolean allowed) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strictRequestIds,
                allowed,
                publishRate,
                limits,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings withStrictRequestIds(boolean strict) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strict,
                disclosure,
                publishRate,
                limits,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings withPublishRate(int perSecond) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strictRequestIds,
                disclosure,
                perSecond,
                limits,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings with(SessionLimits other) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strictRequestIds,
                disclosure,
                publishRate,
                other,
                policies,
                presenceGrace,
                histories);
    }

    public RealmSettings with(OutboxPolicies other) {
        return new RealmSettings(
                authenticator,
                authorizer,
                hooks,
                uriRules,
                strictRequestIds,
                disclosure,
                publishRate,
                limits,
                other,
                presenceGrace,
                histories);
    }
}
