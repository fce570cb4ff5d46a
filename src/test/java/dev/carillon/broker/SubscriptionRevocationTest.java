package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.Histories;
import dev.carillon.matching.UriPattern;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Audience;
import dev.carillon.security.Identity;
import dev.carillon.security.Receivers;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import dev.carillon.support.HandMovedClock;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Advanced Profile, "Subscription Revocation"; the broker by itself, since nobody outside can ask for it. */
class SubscriptionRevocationTest {

    private static final Uri REASON = new Uri("wamp.error.not_authorized");
    private static final SubscriptionId FIRST = new SubscriptionId(1);
    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    private final TestRouter router = TestRouter.open(); // for the sessions
    private final Session informed =
            router.joinWith("subscriber.subscription_revocation").session();
    private final Session plain = router.join().session();
    private final List<String> told = new ArrayList<>();
    private final Broker broker = new Broker(
            new AtomicLong(2000)::incrementAndGet,
            new HandMovedClock(),
            (delay, work) -> () -> {},
            new Telling(),
            Histories.NONE,
            Duration.ZERO,
            SessionLimits.DEFAULT,
            new Metrics().realm("realm1"));

    @Test
    void whoHasAnnouncedItIsToldWhichSubscriptionAndWhy() {
        subscribe(informed, "exact", "news");
        assertThat(sent(broker.revoke(informed, FIRST, REASON)))
                .containsExactly("1001 [35,0,{'subscription':1,'reason':'wamp.error.not_authorized'}]");
    }

    @Test
    void anotherIsToldNothing() {
        subscribe(plain, "exact", "news");
        assertThat(sent(broker.revoke(plain, FIRST, REASON))).isEmpty();
    }

    @Test
    void noEventFollowsToOneAndTheOthersGoOn() {
        subscribe(informed, "prefix", "n");
        subscribe(plain, "prefix", "n");
        broker.revoke(informed, FIRST, REASON);
        assertThat(publish("news")).containsExactly("1002 [36,1,2001,{'topic':'news'}]");
        broker.revoke(plain, FIRST, REASON);
        assertThat(publish("news")).isEmpty();
        assertThat(broker.heldBy(informed)).isEmpty();
    }

    @Test
    void theApplicationIsToldOfTheEndOnce() {
        subscribe(informed, "prefix", "n");
        broker.revoke(informed, FIRST, REASON).runTasks();
        broker.revoke(informed, FIRST, REASON).runTasks();
        broker.leave(informed).runTasks();
        assertThat(told).containsExactly("1001 left PREFIX n");
    }

    @Test
    void whatOneDoesNotHaveIsNotRevoked() {
        subscribe(plain, "exact", "news");
        assertThat(sent(broker.revoke(informed, FIRST, REASON))).isEmpty();
        assertThat(publish("news")).hasSize(1);
    }

    @Test
    void metaEventsTellOfIt() {
        subscribe(plain, "prefix", "wamp.subscription.");
        subscribe(informed, "exact", "news");
        assertThat(sent(broker.revoke(informed, new SubscriptionId(2), REASON)))
                .containsExactly(
                        "1001 [35,0,{'subscription':2,'reason':'wamp.error.not_authorized'}]",
                        "1002 [36,1,2005,{'topic':'wamp.subscription.on_unsubscribe'},[1001,2]]",
                        "1002 [36,1,2006,{'topic':'wamp.subscription.on_delete'},[1001,2]]");
    }

    private void subscribe(Session session, String match, String uri) {
        Dict options = Dict.of("match", match);
        broker.subscribe(
                session, new Subscribe(new RequestId(1), options, new Uri(uri)), SubscribeOptions.of(options), true);
    }

    private List<String> publish(String topic) {
        return sent(broker.publish(
                        new Publication(new Uri(topic), Payload.NONE, Dict.EMPTY, Receivers.EVERYBODY, true, false))
                .deliveries());
    }

    private static List<String> sent(Deliveries deliveries) {
        List<String> sent = new ArrayList<>();
        deliveries.forEach((session, outbound) -> sent.add(session.id() + " "
                + ((Frame.Text) JSON.encode(outbound.message())).text().replace('"', '\'')));
        return sent;
    }

    private final class Telling implements TopicHooks {
        @Override
        public Edited onPublish(Uri topic, Payload payload, Identity publisher, @Nullable SessionId session) {
            return new Edited(payload, Audience.EVERYBODY, true);
        }

        @Override
        public void onUnsubscribe(UriPattern topics, Identity subscriber, SessionId session) {
            told.add(session + " left " + topics.policy() + " " + topics.uri());
        }

        @Override
        public boolean declares(Uri topic) {
            return true;
        }
    }
}
