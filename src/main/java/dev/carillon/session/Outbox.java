package dev.carillon.session;

import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.protocol.SubscriptionId;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one peer, bounded in messages and bytes. At most one batch is under way; the next is sent from the
 * completion of the last, by a loop and not by recursion, because a transport may complete at once.
 *
 * <p>Nothing here blocks: not the publisher, not another session. Safe for use by many threads.
 */
public final class Outbox {

    private static final System.Logger LOG = System.getLogger(Outbox.class.getName());

    /** Enough to share one flush among many messages, few enough that a stalled peer costs its transport little. */
    static final int MAX_BATCH = 128;

    private final Transport transport;
    private final Serializer serializer;
    private final OutboxLimits limits;

    // all guarded by this
    private final Queue<Waiting> waiting = new ArrayDeque<>(2);
    private int messages; // waiting and under way
    private long bytes; // waiting and under way
    private boolean underWay;
    private @Nullable CloseReason closing; // once set, nothing more is taken in
    private boolean closed;
    private @Nullable Losses losses; // null as long as every message must reach the peer

    Outbox(Transport transport, Serializer serializer, OutboxLimits limits) {
        this.transport = transport;
        this.serializer = serializer;
        this.limits = limits;
    }

    /** What has become of a message. */
    public enum Fate {
        /** It waits. */
        TAKEN,
        /** It waits in the place of an older one, which nobody will get. */
        REPLACED_ANOTHER,
        /** There was no room, and it was not important enough; it will be told. */
        DROPPED,
        /** There was no room; nothing was added, and the session must end. */
        NO_ROOM
    }

    /** Puts a message at the end, without sending. */
    public synchronized Fate append(Outbound outbound) {
        if (closing != null) {
            return Fate.TAKEN; // the session has ended; what is published in this moment is not for it any more
        }
        Droppable droppable = outbound.droppable();
        if (droppable != null) {
            losses = losses != null ? losses : new Losses();
            return droppable.whenFull() == OutboxPolicy.KEEP_LATEST
                    ? keepLatest(outbound, losses)
                    : dropNewest(outbound, droppable.marked(), losses);
        }
        if (!hasRoomFor(outbound.size())) {
            return Fate.NO_ROOM;
        }
        add(outbound);
        return Fate.TAKEN;
    }

    private Fate keepLatest(Outbound outbound, Losses known) {
        Latest older = known.older(outbound);
        int growth = older == null ? outbound.size() : outbound.size() - older.size();
        if (older == null ? !hasRoomFor(growth) : growth > 0 && bytes + growth > limits.maxBytes()) {
            return Fate.NO_ROOM;
        }
        if (older == null) {
            add(known.latest(outbound));
            return Fate.TAKEN;
        }
        older.replace(outbound);
        bytes += growth;
        return Fate.REPLACED_ANOTHER;
    }

    private Fate dropNewest(Outbound outbound, boolean marked, Losses known) {
        if (hasRoomFor(outbound.size())) {
            add(known.behindGap(outbound, marked));
            return Fate.TAKEN;
        }
        Gap gap = known.drop(outbound, marked);
        if (gap != null) {
            // Beyond the limit: one for each subscription, and a further one only behind an event that had room.
            add(gap);
        }
        return Fate.DROPPED;
    }

    private boolean hasRoomFor(int size) {
        return messages == 0 || messages < limits.maxMessages() && bytes + size <= limits.maxBytes();
    }

    private void add(Waiting place) {
        waiting.add(place);
        messages++;
        bytes += place.size();
    }

    /** A subscription of this peer's begins, or begins again, or ends. */
    public synchronized void startAnew(SubscriptionId subscription) {
        if (losses != null) {
            losses.startAnew(subscription);
        }
    }

    /** Whether this is the first loss of an outage, which is over when nothing waits any more. */
    public synchronized boolean isNewsOfLoss() {
        return losses != null && losses.isNews();
    }

    /** Sends what waits, unless a batch is under way, whose completion will. */
    public void flush() {
        Batch batch = nextBatch();
        while (batch != null) {
            batch = batch.send();
        }
    }

    /** Takes nothing more in, and closes the transport when the last message has left. */
    public void closeWhenSent(CloseReason reason) {
        synchronized (this) {
            if (closing == null) {
                closing = reason;
            }
        }
        flush();
    }

    /** Forgets what waits and closes the transport now. */
    public void closeNow(CloseReason reason) {
        synchronized (this) {
            closing = reason;
            closed = true;
            messages -= waiting.size();
            waiting.forEach(place -> bytes -= place.size());
            waiting.clear();
            losses = null;
        }
        transport.close(reason);
    }

    /** Whether so much more would leave half of it free. */
    public synchronized boolean hasAmpleRoomFor(int moreMessages, long moreBytes) {
        return messages + moreMessages <= limits.maxMessages() / 2 && bytes + moreBytes <= limits.maxBytes() / 2;
    }

    /** Why the transport is closed, or will be when the last message has left; empty while it stays open. */
    public synchronized Optional<CloseReason> closing() {
        return Optional.ofNullable(closing);
    }

    public synchronized int messages() {
        return messages;
    }

    public synchronized long bytes() {
        return bytes;
    }

    private @Nullable Batch nextBatch() {
        CloseReason reason;
        synchronized (this) {
            if (underWay || closed) {
                return null;
            }
            if (!waiting.isEmpty()) {
                underWay = true;
                return take();
            }
            if (losses != null) {
                losses.nothingWaits();
            }
            reason = closing;
            closed = reason != null;
        }
        if (reason != null) {
            transport.close(reason);
        }
        return null;
    }

    private Batch take() {
        Batch batch = new Batch(Math.min(waiting.size(), MAX_BATCH));
        while (batch.outbounds.size() < MAX_BATCH && !waiting.isEmpty()) {
            Waiting place = waiting.remove();
            int charged = place.size();
            Outbound outbound = place.leave();
            bytes += outbound.size() - charged; // it may say more now than when it came
            batch.add(outbound);
        }
        return batch;
    }

    /** Messages given to the transport together. */
    private final class Batch implements Transport.Completion {
        private final List<Outbound> outbounds;
        private long size;

        /** Set by the first of two: {@link #send} that returns, or the transport that is done. The second goes on. */
        private final AtomicBoolean oneArrived = new AtomicBoolean();

        Batch(int capacity) {
            outbounds = new ArrayList<>(capacity);
        }

        void add(Outbound outbound) {
            outbounds.add(outbound);
            size += outbound.size();
        }

        /** @return what to send next, or null if the completion will see to it */
        @Nullable
        Batch send() {
            List<Frame> frames = frames();
            if (frames.isEmpty()) {
                done(null);
            } else {
                transport.send(frames, this);
            }
            return isOver() ? nextBatch() : null;
        }

        /** Without those that cannot be encoded: what was received can be, but applications send what they like. */
        private List<Frame> frames() {
            List<Frame> frames = new ArrayList<>(outbounds.size());
            for (Outbound outbound : outbounds) {
                try {
                    frames.add(outbound.frame(serializer));
                } catch (RuntimeException failure) {
                    LOG.log(
                            ERROR,
                            "CAR-203 a message of type " + outbound.message().code() + " dropped: it cannot be sent as "
                                    + serializer.subprotocol(),
                            failure);
                }
            }
            return frames;
        }

        @Override
        public void done(@Nullable Throwable failure) {
            synchronized (Outbox.this) {
                messages -= outbounds.size();
                bytes -= size;
            }
            if (failure != null) {
                closeNow(CloseReason.LOST);
            } else if (isOver()) {
                flush();
            }
        }

        /** Only the second arrival lets the next batch begin: the first leaves a transport still at work on this one. */
        private boolean isOver() {
            if (oneArrived.compareAndSet(false, true)) {
                return false;
            }
            synchronized (Outbox.this) {
                underWay = false;
            }
            return true;
        }
    }
}
