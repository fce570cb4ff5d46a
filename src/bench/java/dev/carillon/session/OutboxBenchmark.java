package dev.carillon.session;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an event costs on its way through an outbox, encoding and network left out, by the policy of its topic. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class OutboxBenchmark {

    private static final int EVENTS = 64; // of as many topics; they fit into one batch

    @Param
    OutboxPolicy policy;

    private final Reader reader = new Reader();
    private final Outbound[] outbounds = new Outbound[EVENTS];
    private Outbox outbox;

    @Setup(Level.Iteration)
    public void fill() {
        Droppable droppable = policy == OutboxPolicy.DISCONNECT ? null : new Droppable(policy, false, "prices/{symbol}");
        Serializer json = Serializer.of("wamp.2.json").orElseThrow();
        for (int i = 0; i < EVENTS; i++) {
            Payload payload = new Payload.Json("[" + i + "]");
            Event event = new Event(new SubscriptionId(i + 1), new PublicationId(1), Dict.EMPTY, payload);
            outbounds[i] = new Outbound(event, new SharedPayload(payload), droppable);
            outbounds[i].frame(json);
        }
        reader.reads = true;
        reader.unread = null;
        outbox = new Outbox(reader, json, new OutboxLimits(EVENTS * 2, 1 << 20));
    }

    /** The reader takes all at once. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void read() {
        for (Outbound outbound : outbounds) {
            outbox.append(outbound);
        }
        outbox.flush();
    }

    /** The reader has stalled: what comes is refused, dropped, or takes the place of another. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void stalled() {
        if (reader.reads) {
            reader.reads = false;
            for (int round = 0; round < 4; round++) {
                read();
            }
        }
        for (Outbound outbound : outbounds) {
            outbox.append(outbound);
        }
    }

    private static final class Reader implements Transport {
        private boolean reads = true;
        private Completion unread;

        @Override
        public void send(List<Frame> frames, Completion whenDone) {
            if (reads) {
                whenDone.done(null);
            } else {
                unread = whenDone;
            }
        }

        @Override
        public void close(CloseReason reason) {}
    }
}
