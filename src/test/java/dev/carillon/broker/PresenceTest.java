package dev.carillon.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.Histories;
import dev.carillon.history.HistorySettings;
import dev.carillon.metrics.Metrics;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Uri;
import dev.carillon.realm.RealmSettings;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import dev.carillon.support.HandMovedClock;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who is there: by user, whatever becomes of their sessions. */
class PresenceTest {

    private static final String WATCH = "[32,1,{},'carillon.presence.orders/17']";
    private static final String SUBSCRIBE = "[32,1,{},'orders/17']";

    private final TestRouter router = TestRouter.open();
    private final Peer watcher = router.join("carol", "sales");

    @Test
    void whoWatchesIsToldFirstWhoIsThere() {
        says(router.join("bob", "sales"), SUBSCRIBE);
        says(router.join("alice", "sales"), SUBSCRIBE);
        watch();
        assertThat(watcher.hears()).endsWith(",{},[{\"users\":[\"alice\",\"bob\"]}]]");
        watcher.hearsNothing();
    }

    @Test
    void nobodyIsThereAtFirst() {
        watch();
        assertThat(watcher.hears()).endsWith(",{},[{\"users\":[]}]]");
    }

    @Test
    void aUserComesWithTheFirstTabAndGoesWithTheLast() {
        watchNobody();
        Peer one = says(router.join("bob", "sales"), SUBSCRIBE);
        assertThat(watcher.hears()).endsWith(",{},[{\"joined\":\"bob\"}]]");
        Peer two = says(router.join("bob", "sales"), SUBSCRIBE);
        one.vanishes();
        router.moveClock(RealmSettings.PRESENCE_GRACE);
        watcher.hearsNothing();
        two.says("[6,{},'wamp.close.normal']");
        watcher.hearsNothing();
        router.moveClock(RealmSettings.PRESENCE_GRACE);
        assertThat(watcher.hears()).endsWith(",{},[{\"left\":\"bob\"}]]");
        watcher.hearsNothing();
    }

    @Test
    void aPageThatIsLoadedAgainNeitherGoesNorComes() {
        watchNobody();
        Peer page = says(router.join("bob", "sales"), SUBSCRIBE);
        watcher.hears();
        page.vanishes();
        router.moveClock(RealmSettings.PRESENCE_GRACE.minusMillis(1));
        assertThat(router.router().users(TestRouter.REALM, new Uri("orders/17")))
                .containsExactly("bob");
        says(router.join("bob", "sales"), SUBSCRIBE);
        router.moveClock(Duration.ofMinutes(1));
        watcher.hearsNothing();
        assertThat(router.alarms()).isZero();
    }

    @Test
    void aUserWhoUnsubscribesIsGoneAndSubscribingAgainIsNotComingTwice() {
        watchNobody();
        Peer bob = router.join("bob", "sales");
        bob.says(SUBSCRIBE).hears("[33,1,2]");
        bob.says("[32,2,{},'orders/17']").hears("[33,2,2]");
        assertThat(watcher.hears()).endsWith("[{\"joined\":\"bob\"}]]");
        bob.says("[34,3,2]").hears("[35,3]");
        router.moveClock(RealmSettings.PRESENCE_GRACE);
        assertThat(watcher.hears()).endsWith("[{\"left\":\"bob\"}]]");
        watcher.hearsNothing();
    }

    @Test
    void visitorsBackendsAndPatternsAreNobody() {
        watchNobody();
        says(router.join(), SUBSCRIBE);
        says(router.connect(new Handshake(null, null, Identity.APPLICATION)).join(TestRouter.REALM), SUBSCRIBE);
        says(router.join("bob", "sales"), "[32,1,{'match':'prefix'},'orders/']");
        watcher.hearsNothing();
        assertThat(router.router().users(TestRouter.REALM, new Uri("orders/17")))
                .isEmpty();
    }

    @Test
    void otherTopicsAndRealmsAreNotItsBusiness() {
        watchNobody();
        says(router.join("bob", "sales"), "[32,1,{},'orders/18']");
        Identity bob = router.join("bob", "sales").session().identity();
        says(router.connect(new Handshake(null, null, bob)).join("realm2"), SUBSCRIBE);
        watcher.hearsNothing();
    }

    @Test
    void whenNobodyWatchesAnyMoreNothingIsKept() {
        watchNobody();
        Peer bob = says(router.join("bob", "sales"), SUBSCRIBE);
        watcher.hears();
        bob.vanishes();
        assertThat(router.alarms()).isEqualTo(1);
        watcher.vanishes();
        assertThat(router.alarms()).isZero();
        assertThat(router.router().users(TestRouter.REALM, new Uri("orders/17")))
                .isEmpty();
    }

    @Test
    void aWatcherMayBeThereItself() {
        watchNobody();
        watcher.says("[32,2,{},'orders/17']").hears("[33,2,2]");
        assertThat(watcher.hears()).endsWith("[{\"joined\":\"carol\"}]]");
        watcher.vanishes();
        assertThat(router.alarms()).isZero();
    }

    @Test
    void whoOnlyWatchesIsNobodyToThoseWhoWatchTheWatchers() {
        watch();
        watcher.hears();
        Peer other = says(router.join("dave", "sales"), "[32,1,{},'carillon.presence.carillon.presence.orders/17']");
        assertThat(other.hears()).endsWith("[{\"users\":[]}]]");
        watcher.vanishes();
        other.hearsNothing();
        assertThat(router.alarms()).isZero();
    }

    /** So that whoever shares the session, as the tabs of a browser may, learns who is there. */
    @Test
    void whoSubscribesAgainIsToldTheWholeListAgain() {
        says(router.join("bob", "sales"), SUBSCRIBE);
        watch();
        String list = watcher.hears();
        watcher.says("[32,2,{},'carillon.presence.orders/17']");
        assertThat(watcher.hears()).startsWith("[33,2,");
        assertThat(watcher.hears()).endsWith(list.substring(list.indexOf(",{}")));
        watcher.says("[34,3,2]").hears("[35,3]");
        says(router.join("dave", "sales"), SUBSCRIBE);
        watcher.hearsNothing();
    }

    @Test
    void whoIsStillThereForAMomentIsOnTheListOfOneWhoWatchesThen() {
        watchNobody();
        Peer bob = says(router.join("bob", "sales"), SUBSCRIBE);
        watcher.hears();
        bob.vanishes();
        Peer late = says(router.join("dave", "sales"), WATCH);
        assertThat(late.hears()).endsWith("[{\"users\":[\"bob\"]}]]");
        router.moveClock(RealmSettings.PRESENCE_GRACE);
        assertThat(late.hears()).endsWith("[{\"left\":\"bob\"}]]");
    }

    @Test
    void nobodyElsePublishesIt() {
        watchNobody();
        Peer bob = router.join("bob", "sales");
        bob.says("[16,1,{'acknowledge':true},'carillon.presence.orders/17',[{'joined':'eve'}]]");
        assertThat(bob.hears()).startsWith("[8,16,1,{},\"wamp.error.invalid_uri\"");
        watcher.hearsNothing();
    }

    @Test
    void aPatternDoesNotMatchIt() {
        Peer curious = router.join("dave", "sales");
        says(curious, "[32,1,{'match':'prefix'},'carillon.']");
        watchNobody();
        says(router.join("bob", "sales"), SUBSCRIBE);
        watcher.hears();
        curious.hearsNothing();
    }

    /** It would say after an outage that nothing was missed. */
    @Test
    void itIsInNoHistory() {
        TestRouter everything = TestRouter.openWith(HistorySettings.EVERYTHING);
        Peer peer = everything.join("carol", "sales");
        says(peer, "[32,1,{'_history':true},'carillon.presence.orders/17']");
        assertThat(peer.hears()).endsWith("{\"_gap\":false}]");
    }

    /** Whoever comes back at the very end of the grace may be faster than the alarm that is on its way. */
    @Test
    void anAlarmThatWasCalledOffTooLateEndsNothing() {
        List<Supplier<Deliveries>> alarms = new ArrayList<>();
        Broker broker = new Broker(
                new AtomicLong(2000)::incrementAndGet,
                new HandMovedClock(),
                (delay, work) -> {
                    alarms.add(work);
                    return () -> {};
                },
                TopicHooks.NONE,
                Histories.NONE,
                RealmSettings.PRESENCE_GRACE,
                SessionLimits.DEFAULT,
                new Metrics().realm("realm1"));
        Session bob = router.join("bob", "sales").session();
        subscribe(broker, watcher.session(), "carillon.presence.orders/17");
        subscribe(broker, bob, "orders/17");
        broker.leave(bob);
        subscribe(broker, bob, "orders/17");
        assertThat(alarms.get(0).get().size()).as("told while he is back").isZero();
        broker.leave(bob);
        assertThat(alarms.get(0).get().size()).as("told of his first departure").isZero();
        assertThat(broker.users(new Uri("orders/17"))).containsExactly("bob");
        assertThat(alarms.get(1).get().size()).as("told of his second one").isEqualTo(1);
        subscribe(broker, bob, "orders/17");
        broker.leave(bob);
        broker.leave(watcher.session());
        assertThat(alarms.get(2).get().size()).as("told when nobody watches").isZero();
    }

    private static void subscribe(Broker broker, Session session, String topic) {
        Subscribe subscribe = new Subscribe(new RequestId(1), Dict.EMPTY, new Uri(topic));
        broker.subscribe(session, subscribe, SubscribeOptions.of(Dict.EMPTY), true);
    }

    private void watch() {
        watcher.says(WATCH);
        assertThat(watcher.hears()).startsWith("[33,1,");
    }

    private void watchNobody() {
        watch();
        assertThat(watcher.hears()).endsWith("[{\"users\":[]}]]");
    }

    private static Peer says(Peer peer, String subscribe) {
        assertThat(peer.says(subscribe).hears()).startsWith("[33,1,");
        return peer;
    }
}
