package dev.carillon.session;

import static java.lang.System.Logger.Level.ERROR;

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
    private final Queue<Outbound> waiting = new ArrayDeque<>(2);
    private int messages; // waiting and under way
    private long bytes; // waiting and under way
    private boolean underWay;
    private @Nullable CloseReason closing; // once set, nothing more is taken in
    private boolean closed;

    Outbox(Transport transport, Serializer serializer, OutboxLimits limits) {
        this.transport = transport;
        this.serializer = serializer;
        this.limits = limits;
    }

    /**
     * Puts a message at the end, without sending.
     *
     * @return false if it does not fit: then nothing was added, and the session must end
     */
    public synchronized boolean append(Outbound outbound) {
        if (closing != null) {
            return true; // the session has ended; what is published in this moment is not for it any more
        }
        if (messages > 0 && (messages >= limits.maxMessages() || bytes + outbound.size() > limits.maxBytes())) {
            return false;
        }
        waiting.add(outbound);
        messages++;
        bytes += outbound.size();
        return true;
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
            waiting.forEach(outbound -> bytes -= outbound.size());
            waiting.clear();
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
            batch.add(waiting.remove());
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
