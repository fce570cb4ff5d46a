package dev.carillon.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.notification.NotificationRelay;
import dev.carillon.security.Handshake;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import dev.carillon.transport.ConnectionLimits;
import dev.carillon.transport.Connections;
import dev.carillon.transport.TransportSettings;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DrainTest {

    private final TestRouter router = TestRouter.open();
    private final Drain drain = new Drain(
            router.router(),
            new Connections(TransportSettings.DEFAULT, ConnectionLimits.NONE, InstantSource.system()),
            new NotificationRelay(router.router(), TestRouter.REALM, 0, Runnable::run),
            new DrainSettings(Duration.ofSeconds(1)));

    @Test
    void whoIsThereIsToldToGoBehindWhatWasPublished() {
        Peer alice = router.join().says("[32,1,{},'a']").hears("[33,1,1]");
        router.publish("a", "[1]");
        drain.begin();
        alice.hearsEvent(1, "{},[1]");
        alice.hears("[6,{},'wamp.close.system_shutdown']")
                .says("[6,{},'wamp.close.goodbye_and_out']")
                .isClosedWith(1001);
    }

    @Test
    void nobodyIsLetInUntilItEndsButTheApplicationIs() {
        drain.begin();
        Peer late = router.connect().says("[1,'realm1',{'roles':{'caller':{}}}]");
        assertThat(late.hears()).contains("wamp.close.system_shutdown");
        late.isClosedWith(1001);
        router.connect(Handshake.APPLICATION).join(TestRouter.REALM);

        drain.end();
        router.join();
    }

    @Test
    void theApplicationsOwnSessionsStay() {
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM);
        drain.begin();
        application.hearsNothing().isOpen();
    }

    @Test
    void aSecondTimeDoesNothing() {
        drain.begin();
        Peer application = router.connect(Handshake.APPLICATION).join(TestRouter.REALM);
        drain.begin();
        drain.end();
        drain.end();
        application.isOpen();
        assertThat(router.router().isAdmitting()).isTrue();
    }
}
