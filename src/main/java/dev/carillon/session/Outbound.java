package dev.carillon.session;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Message;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way out. One instance serves all receivers of one subscription: it is encoded when the first of them
 * is sent it, once for each serializer, outside the realm's turn.
 */
public final class Outbound implements Waiting {

    /** The objects around the payload and the frame, their brackets and ids; measured with 1 KiB of payload. */
    private static final int OVERHEAD = 320;

    private final Message message;
    private final @Nullable SharedPayload shared; // null if no other message has the payload
    private final @Nullable Droppable droppable; // null if it must reach its receivers
    private final int size;
    private volatile @Nullable Encoding encodings; // written under this monitor; one link for each serializer in use

    public Outbound(Message message) {
        this(message, null, null);
    }

    /**
     * An event of a publication.
     *
     * @param shared its payload, which other events of the publication may have too
     * @param droppable null if it must reach its receivers, or their sessions end
     */
    public Outbound(Event event, SharedPayload shared, @Nullable Droppable droppable) {
        this((Message) event, shared, droppable);
        shared.isInAMessageMore();
    }

    private Outbound(Message message, @Nullable SharedPayload shared, @Nullable Droppable droppable) {
        this.message = message;
        this.shared = shared;
        this.droppable = droppable;
        this.size = (int) Math.min(Integer.MAX_VALUE, charged(message.size()));
    }

    /** What a message of this size would be charged; see {@link #size}. */
    public static long charged(long messageSize) {
        return OVERHEAD + 2 * messageSize;
    }

    public Message message() {
        return message;
    }

    /** Null if it must reach its receivers, or their sessions end. */
    public @Nullable Droppable droppable() {
        return droppable;
    }

    /** What is droppable is one. */
    Event event() {
        return (Event) message;
    }

    /** The same event for one receiver, who is told more. */
    Outbound saying(Dict more) {
        return new Outbound(event().with(more), shared, droppable);
    }

    /**
     * What an outbox is charged, in bytes: a close estimate of the memory that one receiver keeps occupied who alone still
     * waits for this. That is the message as it came, and encoded.
     */
    @Override
    public int size() {
        return size;
    }

    @Override
    public Outbound leave() {
        return this;
    }

    Frame frame(Serializer serializer) {
        Frame known = find(serializer);
        return known != null ? known : encode(serializer);
    }

    private synchronized Frame encode(Serializer serializer) {
        Frame known = find(serializer);
        if (known != null) {
            return known;
        }
        Frame frame = serializer.encode(inWordsOf(serializer));
        encodings = new Encoding(serializer, frame, encodings);
        return frame;
    }

    private Message inWordsOf(Serializer serializer) {
        return shared != null && message instanceof Event event ? event.with(shared.in(serializer)) : message;
    }

    private @Nullable Frame find(Serializer serializer) {
        for (Encoding encoding = encodings; encoding != null; encoding = encoding.next) {
            if (encoding.serializer == serializer) {
                return encoding.frame;
            }
        }
        return null;
    }

    private record Encoding(
            Serializer serializer, Frame frame, @Nullable Encoding next) {}
}
