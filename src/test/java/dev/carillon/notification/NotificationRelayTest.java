package dev.carillon.notification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Without a transaction; {@code AfterCommitIT} has the others. */
class NotificationRelayTest {

    private final TestRouter router = TestRouter.open();
    private final NotificationRelay relay = new NotificationRelay(router.router(), TestRouter.REALM, Runnable::run);
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
    void whatCannotBePublishedIsCountedAndDropped() {
        relay.fired(Notification.to("orders").inRealm("nowhere"));
        relay.fired(Notification.to("a..b"));
        relay.fired(Notification.to("wamp.session.on_join"));
        assertThat(router.metrics().notificationsDropped()).isEqualTo(3);
    }

    @Test
    void whatComesWhenTheApplicationStopsIsCountedAndDropped() {
        NotificationRelay stopping = new NotificationRelay(router.router(), TestRouter.REALM, task -> {
            throw new RejectedExecutionException();
        });
        stopping.fired(Notification.to("orders"));
        assertThat(router.metrics().notificationsDropped()).isEqualTo(1);
        alice.hearsNothing();
    }
}
