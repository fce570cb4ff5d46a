package dev.carillon.broker;

import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.RealmMetrics;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Identity;
import dev.carillon.session.OutboxPolicy;
import org.jspecify.annotations.Nullable;

/** Where the application has its say about topics. Called outside any turn, but for {@link #declares}. */
public interface TopicHooks {

    /** Every topic is as good as declared; what is published is delivered as it is, to everybody. */
    TopicHooks NONE = new TopicHooks() {
        @Override
        public Edited onPublish(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
            return new Edited(payload, Audience.EVERYBODY, true);
        }

        @Override
        public void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session) {}

        @Override
        public boolean declares(Uri topic) {
            return true;
        }
    };

    /**
     * What becomes of a publication.
     *
     * @param declared whether the application has declared the topic
     * @param pattern as which it has; there are only so many
     * @param whenFull what becomes of its events for those who read too slowly
     */
    record Edited(Payload payload, Audience audience, boolean declared, String pattern, OutboxPolicy whenFull) {

        /** Of a topic that need not be told from others. */
        public Edited(Payload payload, Audience audience, boolean declared) {
            this(payload, audience, declared, RealmMetrics.UNDECLARED, OutboxPolicy.DISCONNECT);
        }
    }

    /**
     * Before delivery, on the thread of the publisher, who may publish here.
     *
     * @param session null if it is the application that publishes
     * @throws dev.carillon.protocol.WampError to refuse
     */
    Edited onPublish(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session);

    /** After a subscription has ended, also with its session. Must not take long: any thread may call. */
    void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session);

    /** Whether the application has declared the topic. Within a turn: no application code. */
    boolean declares(Uri topic);
}
