package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.Uri;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Without a transaction; {@code AfterCommitIT} has the others. */
class NotificationRelayTest {

    private final TestRouter router = TestRouter.open();
    private final NotificationRelay relay = new NotificationRelay(router.router(), TestRouter.REALM, 0, Runnable::run);
    private final Peer alice = router.join().says("[32,1,{},'orders']").hears("[33,1,1]");
    private final Peer elsewhere =
            router.connect().join("realm2").says("[32,1,{},'orders']").hears("[33,1,1]");

    @Test
    void aNotificationGoesToTheDefaultRealm() {
        relay.fired(Notification.to("orders"));
        assertThat(alice.hears()).startsWith("[36,1,");
        elsewhere.hearsNothing();
    }

    @Test
    void aNotificationMayNameAnotherRealm() {
        relay.fired(Notification.to("orders").inRealm("realm2"));
        assertThat(elsewhere.hears()).startsWith("[36,1,");
        alice.hearsNothing();
    }

    @Test
    void whatIsToBeRetainedWaitsForThoseWhoAskForIt() {
        relay.fired(Notification.to("orders").retain());
        assertThat(alice.hears()).endsWith(",{}]");
        relay.fired(Notification.to("orders")); // leaves it in its place
        Peer late = router.join().says("[32,1,{'get_retained':true},'orders']").hears("[33,1,1]");
        assertThat(late.hears()).endsWith(",{\"retained\":true}]");
        late.hearsNothing();
        elsewhere
                .says("[32,2,{'get_retained':true},'orders']")
                .hears("[33,2,1]")
                .hearsNothing();
        relay.fired(Notification.to("orders").retain().inRealm("realm2"));
        assertThat(elsewhere.hears()).endsWith(",{}]");
        elsewhere.says("[32,3,{'get_retained':true},'orders']").hears("[33,3,1]");
        assertThat(elsewhere.hears()).endsWith(",{\"retained\":true}]");
    }

    @Test
    void whatCannotBePublishedIsCountedAndDropped() {
        relay.fired(Notification.to("orders").inRealm("nowhere"));
        relay.fired(Notification.to("a..b"));
        relay.fired(Notification.to("wamp.session.on_join"));
        assertThat(router.metrics().notificationsDropped()).isEqualTo(3);
    }

    @Test
    void whatComesWhenTheApplicationStopsIsCountedAndDropped() {
        NotificationRelay stopping = new NotificationRelay(router.router(), TestRouter.REALM, 0, task -> {
            throw new RejectedExecutionException();
        });
        stopping.fired(Notification.to("orders"));
        assertThat(router.metrics().notificationsDropped()).isEqualTo(1);
        assertThat(router.metrics().publicationsTooLate()).isEqualTo(1);
        alice.hearsNothing();
    }

    @Test
    void whatIsStillWaitingAtTheEndIsToldOfAndDroppedOnceTheRouterIsClosed() {
        TestRouter ending = TestRouter.openWith(HistorySettings.parse("exact orders"));
        Queue<Runnable> tasks = new ArrayDeque<>();
        NotificationRelay slow = new NotificationRelay(ending.router(), TestRouter.REALM, 0, tasks::add);
        slow.fired(Notification.to("orders"));
        assertThat(slow.finish(Duration.ofMillis(1))).isFalse();
        ending.router().close();

        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertThat(ending.metrics().notificationsDropped()).isEqualTo(1);
        assertThat(ending.metrics().publicationsTooLate()).isEqualTo(1);
        assertThat(ending.router().position(TestRouter.REALM, new Uri("orders")))
                .hasValue("epoch1:0");
    }

    @Test
    void moreThanMayWaitIsCountedAndDroppedAndWhoFiresHearsNothing() {
        Queue<Runnable> tasks = new ArrayDeque<>();
        NotificationRelay slow = new NotificationRelay(router.router(), TestRouter.REALM, 2, tasks::add);
        for (int i = 1; i <= 4; i++) {
            slow.fired(Notification.to("orders").with(i));
        }
        slow.fired(RightsChanged.ofEverybody()); // is not one of them
        assertThat(router.metrics().notificationsDropped()).isEqualTo(2);
        while (!tasks.isEmpty()) {
            tasks.remove().run();
        }
        assertThat(alice.hears()).endsWith("[1]]");
        assertThat(alice.hears()).endsWith("[2]]");
        alice.hearsNothing();
        slow.fired(Notification.to("orders").with(5));
        tasks.remove().run();
        assertThat(alice.hears()).endsWith("[5]]");
        assertThat(router.metrics().notificationsDropped()).isEqualTo(2);
    }

    @Test
    void whatIsPublishedInTimeIsAllAtTheEnd() {
        relay.fired(Notification.to("orders"));
        assertThat(relay.finish(Duration.ofSeconds(20))).isTrue();
        assertThat(alice.hears()).startsWith("[36,1,");
        assertThat(router.metrics().publicationsTooLate()).isZero();
    }
}
