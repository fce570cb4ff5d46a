package dev.carillon.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.router.Router;
import dev.carillon.security.Handshake;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client whose own thread speaks, as a container's does, and to which any thread may send. What is sent arrives at once;
 * that it has arrived is told by another thread, now and then before {@code send} has returned.
 */
final class ThreadedMember implements Transport {

    private static final String END = "the router has closed the connection";

    private final Router router;
    private final Executor network;
    private final Session session;
    private final long deadline;
    private final BlockingQueue<String> inbox = new LinkedBlockingQueue<>();
    private final AtomicBoolean sending = new AtomicBoolean();
    private volatile boolean overlapped;

    /** @param deadline of everything that it waits for, by {@link System#nanoTime} */
    ThreadedMember(Router router, Executor network, long deadline) {
        this.router = router;
        this.network = network;
        this.deadline = deadline;
        this.session = router.connect(this, Serializer.of("wamp.2.json").orElseThrow(), Handshake.UNKNOWN);
    }

    Session session() {
        return session;
    }

    /** Single quotes stand for double ones. */
    void says(String json) {
        router.receive(session, new Frame.Text(json.replace('\'', '"')));
    }

    void vanishes() {
        router.disconnected(session);
    }

    /** The next message, awaited. */
    String hears() throws InterruptedException {
        String message = inbox.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
        assertThat(message).as("a message before the deadline").isNotNull();
        return message;
    }

    /** A message that has come already; empty if there is none. */
    String hearsNow() {
        String message = inbox.poll();
        return message == null ? "" : message;
    }

    void hearsTheEnd() throws InterruptedException {
        assertThat(hears()).isEqualTo(END);
    }

    boolean wasSentToByTwoAtOnce() {
        return overlapped;
    }

    @Override
    public void send(List<Frame> frames, Completion whenDone) {
        if (!sending.compareAndSet(false, true)) {
            overlapped = true;
        }
        frames.forEach(frame -> inbox.add(((Frame.Text) frame).text()));
        network.execute(() -> {
            sending.set(false);
            whenDone.done(null);
        });
    }

    @Override
    public void close(CloseReason reason) {
        inbox.add(END);
    }
}
