package dev.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.client.ClientSession;
import dev.carillon.client.Connection;
import dev.carillon.client.JsonbMapping;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Unsubscribe;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** A listener whose thread is slow, and a router that says what the test wants. */
class KeptSubscriptionTest {

    private static final String TOPIC = "kept/a";
    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    private final List<Object> heard = new ArrayList<>();
    private final Queue<Runnable> listenersThread = new ArrayDeque<>();
    private final KeptSubscription kept = new KeptSubscription(
            TOPIC,
            SubscribeOptions.exact().onGap(topic -> heard.add("gap")),
            event -> heard.add(event.payload(Integer.class)),
            listenersThread::add,
            subscription -> {},
            why -> heard.add("refused"));

    @Test
    void whatTheRouterHadNoRoomForIsAGapAndWhatFollowsCanStillBeAskedFor() {
        Line line = new Line();
        line.join();
        line.says("[36,7,1,{'_gap':false,'_position':'e:1'}]");
        line.says("[36,7,2,{'_position':'e:2'},[2]]");
        line.says("[36,7,3,{'_gap':true,'_dropped':4,'_position':'e:3'}]");
        line.says("[36,7,9,{'_position':'e:7'},[7]]");
        listen();
        assertThat(heard).containsExactly(2, "gap", 7);
        assertThat(kept.position()).contains("e:7");
    }

    @Test
    void whatStillWaitedForTheListenerWhenTheConnectionWasLostIsNoGap() {
        Line first = new Line();
        first.join();
        first.says("[36,7,1,{'_gap':false,'_position':'e:1'}]");
        listen();
        first.says("[36,7,2,{'_position':'e:2'},[2]]");
        first.says("[36,7,3,{'_position':'e:3'},[3]]");
        Line second = first.isFollowedByAnother();
        second.join();
        second.says("[36,8,4,{'_gap':true,'_position':'e:3'}]"); // nothing behind e:1 is kept any more
        second.says("[36,8,5,{'_position':'e:4'},[4]]");
        listen();
        assertThat(heard).containsExactly(2, 3, 4);
    }

    @Test
    void theMarkerOfASessionThatIsLostSaysNothingOfTheNext() {
        Line first = new Line();
        first.join();
        first.says("[36,7,1,{'_gap':false,'_position':'e:1'}]");
        listen();
        Line second = first.isFollowedByAnother();
        second.join();
        second.says("[36,8,4,{'_gap':false,'_position':'e:1'}]"); // still waits for the listener when all is lost again
        Line third = second.isFollowedByAnother();
        third.join();
        third.says("[36,9,5,{'_gap':true,'_position':'e:50'}]");
        listen();
        assertThat(heard).containsExactly("gap");
        assertThat(kept.position()).contains("e:50");
    }

    @Test
    void unsubscribingEndsTheSubscriptionOfTheLastSession() {
        Line first = new Line();
        kept.join(first.session, List.of());
        first.answersLate();
        Line second = first.isFollowedByAnother();
        second.join();
        first.arrives();
        kept.unsubscribe();
        assertThat(second.said).hasAtLeastOneElementOfType(Unsubscribe.class);
        assertThat(second.lastUnsubscribed()).isEqualTo(8);
    }

    private void listen() {
        while (!listenersThread.isEmpty()) {
            listenersThread.remove().run();
        }
    }

    /** A session whose router is the test. */
    private final class Line implements Connection {
        private final Queue<Runnable> late = new ArrayDeque<>();
        private boolean isLate;
        private final List<Message> said = new ArrayList<>();
        private final int subscription;
        private final ClientSession session = new ClientSession(
                "realm1",
                this,
                new JsonbMapping(),
                task -> {
                    if (isLate) {
                        late.add(task);
                    } else {
                        task.run();
                    }
                },
                listenersThread::add,
                100);

        Line() {
            this(7);
        }

        private Line(int subscription) {
            this.subscription = subscription;
            session.open();
            says("[2," + subscription + ",{'roles':{'broker':{}}}]");
        }

        void join() {
            kept.join(session, List.of());
            granted();
        }

        private void granted() {
            Subscribe asked = (Subscribe) said.stream()
                    .filter(Subscribe.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            says("[33," + asked.request().value() + "," + subscription + "]");
        }

        void answersLate() {
            isLate = true;
            granted();
        }

        void arrives() {
            isLate = false;
            late.forEach(Runnable::run);
        }

        long lastUnsubscribed() {
            return said.stream()
                    .filter(Unsubscribe.class::isInstance)
                    .map(message -> ((Unsubscribe) message).subscription().value())
                    .reduce((one, other) -> other)
                    .orElseThrow();
        }

        Line isFollowedByAnother() {
            session.disconnected();
            return new Line(subscription + 1);
        }

        void says(String message) {
            session.receive(JSON.decode(new Frame.Text(message.replace('\'', '"'))));
        }

        @Override
        public void send(Message message) {
            said.add(message);
        }

        @Override
        public void close() {}
    }
}
