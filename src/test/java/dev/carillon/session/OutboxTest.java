package dev.carillon.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Unsubscribed;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One writer, bounded, and no session waits for another. */
class OutboxTest {

    @Test
    void whatWaitedForAReaderGoesOutTogetherAndInOrder() {
        TestRouter router = TestRouter.open();
        Peer alice = subscriber(router).stopsReading();
        publish(router, 1, 300);
        assertThat(alice.hears()).endsWith("[1]]");
        alice.hearsNothing().readsOn();
        IntStream.rangeClosed(2, 300).forEach(i -> assertThat(alice.hears()).endsWith("[" + i + "]]"));
        assertThat(alice.batches().subList(2, alice.batches().size())).containsExactly(1, 128, 128, 43);
    }

    @Test
    void aReaderThatStallsEndsAtTheLimitOfMessagesAndNobodyElseNotices() {
        TestRouter router = TestRouter.with(new OutboxLimits(10, 1_000_000));
        Peer slow = subscriber(router).stopsReading();
        Peer alice = subscriber(router);
        publish(router, 1, 10);
        slow.isOpen();
        publish(router, 11, 20);
        slow.isClosedWith(1013);
        IntStream.rangeClosed(1, 20).forEach(i -> assertThat(alice.hears()).endsWith("[" + i + "]]"));
        assertThat(router.metrics().sessionsTooSlow()).isEqualTo(1);
        assertThat(router.metrics().sessionsLeft()).isEqualTo(1);
        slow.vanishes();
        assertThat(router.metrics().sessionsLeft()).isEqualTo(1);
    }

    @Test
    void aReaderThatStallsEndsAtTheLimitOfBytes() {
        TestRouter router = TestRouter.with(new OutboxLimits(1000, 10_000));
        Peer slow = subscriber(router).stopsReading();
        String kilobyte = "[\"" + "x".repeat(1000) + "\"]";
        for (int i = 0; i < 4; i++) {
            router.publish("orders", kilobyte);
        }
        slow.isOpen();
        router.publish("orders", kilobyte);
        slow.isClosedWith(1013);
    }

    @Test
    void whatAnEventSaysBesidesItsPayloadCountsToo() {
        TestRouter router = TestRouter.with(new OutboxLimits(1000, 10_000));
        Peer alice = router.joinWith("subscriber.payload_passthru_mode");
        Peer bob = router.joinWith("publisher.payload_passthru_mode");
        alice.says("[32,1,{},'orders']").hears();
        alice.stopsReading();
        String key = "k".repeat(250);
        for (int i = 1; i <= 100; i++) {
            bob.says("[16," + i + ",{'ppt_scheme':'x_a','ppt_keyid':'" + key + "'},'orders']");
        }
        alice.isClosedWith(1013);
    }

    @Test
    void oneMessageThatExceedsTheLimitGoesOutIfNothingElseWaits() {
        TestRouter router = TestRouter.with(new OutboxLimits(1000, 500));
        Peer alice = subscriber(router);
        router.publish("orders", "[\"" + "x".repeat(1000) + "\"]");
        assertThat(alice.hears()).hasSizeGreaterThan(1000);
        alice.isOpen();
    }

    @Test
    void whatWaitsIsGoneWithTheSession() {
        TestRouter router = TestRouter.with(new OutboxLimits(10, 1_000_000));
        Peer slow = subscriber(router).stopsReading();
        publish(router, 1, 11);
        slow.hears();
        slow.readsOn().hearsNothing();
        assertThat(slow.session().outbox().messages()).isZero();
        assertThat(slow.session().outbox().bytes()).isZero();
    }

    @Test
    void aGoodbyeGoesOutBehindWhatWaitsAndThenTheConnectionCloses() {
        TestRouter router = TestRouter.open();
        Peer alice = subscriber(router).stopsReading();
        publish(router, 1, 2);
        alice.says("[6,{},'wamp.close.normal']").isOpen();
        alice.readsOn();
        assertThat(alice.hears()).endsWith("[1]]");
        assertThat(alice.hears()).endsWith("[2]]");
        alice.hears("[6,{},'wamp.close.goodbye_and_out']").readsOn();
        alice.isClosedWith(1000);
    }

    @Test
    void aPeerThatCannotBeSentToIsClosedAndTheOthersAreServed() {
        TestRouter router = TestRouter.open();
        Peer broken = subscriber(router).breaks();
        Peer alice = subscriber(router);
        publish(router, 1, 1);
        broken.isClosedWith(1011);
        assertThat(alice.hears()).endsWith("[1]]");
    }

    @Test
    void aPeerThatAsksForErrorsAndDoesNotReadThemEnds() {
        TestRouter router = TestRouter.with(new OutboxLimits(10, 1_000_000));
        Peer nasty = router.join().stopsReading();
        for (int i = 1; i <= 12; i++) {
            nasty.says("[34," + i + ",77]");
        }
        nasty.isClosedWith(1013);
    }

    /** What another thread could do while the transport still works on a batch of which it has told that it left. */
    @Test
    void noBatchBeginsBeforeTheTransportIsThroughWithTheLast() {
        List<String> log = new ArrayList<>();
        Outbox[] outbox = new Outbox[1];
        Transport transport = new Transport() {
            @Override
            public void send(List<Frame> frames, Completion whenDone) {
                log.add("begins");
                whenDone.done(null);
                if (log.size() == 1) {
                    outbox[0].append(message());
                    outbox[0].flush();
                }
                log.add("through");
            }

            @Override
            public void close(CloseReason reason) {}
        };
        outbox[0] = new Outbox(transport, Serializer.of("wamp.2.json").orElseThrow(), OutboxLimits.DEFAULT);
        outbox[0].append(message());
        outbox[0].flush();
        assertThat(log).containsExactly("begins", "through", "begins", "through");
        assertThat(outbox[0].messages()).isZero();
    }

    @Test
    void limitsSayWhatIsLegal() {
        assertThatThrownBy(() -> new OutboxLimits(0, 1)).hasMessage("outbox.max-messages is 0; it must be 1 or more");
        assertThatThrownBy(() -> new OutboxLimits(1, 0)).hasMessage("outbox.max-bytes is 0; it must be 1 or more");
    }

    private static Outbound message() {
        return new Outbound(new Unsubscribed(new RequestId(1)));
    }

    private static Peer subscriber(TestRouter router) {
        Peer peer = router.join().says("[32,1,{},'orders']");
        assertThat(peer.hears()).startsWith("[33,1,");
        return peer;
    }

    private static void publish(TestRouter router, int from, int to) {
        for (int i = from; i <= to; i++) {
            router.publish("orders", "[" + i + "]");
        }
    }
}
