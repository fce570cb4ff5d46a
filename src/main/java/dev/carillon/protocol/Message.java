package dev.carillon.protocol;

/**
 * A WAMP message. Each kind is a record whose components are in wire order, and which knows how to be read and written
 * element by element; how an element looks in bytes is the serializer's business.
 */
public sealed interface Message
        permits Hello,
                Welcome,
                Abort,
                Challenge,
                Authenticate,
                Goodbye,
                Error,
                Request,
                Published,
                Subscribed,
                Unsubscribed,
                Event,
                Result,
                Registered,
                Unregistered,
                Invocation,
                Interrupt,
                Cancel,
                Yield {

    MessageCode code();

    /** Writes the elements that follow the message code, in wire order. */
    void write(MessageWriter out);

    /** The application's part of the message, {@link Payload#NONE} where the type has none. */
    default Payload payload() {
        return Payload.NONE;
    }

    /** The router's or a peer's part of the message, {@link Dict#EMPTY} where the type has none. */
    default Dict details() {
        return Dict.EMPTY;
    }

    /** What this message is charged with in an outbox, in bytes, but for ids, brackets and the frame. */
    default int size() {
        return payload().size() + details().size();
    }

    /**
     * Reads one whole message, from its code to its last element.
     *
     * @throws ProtocolViolation if it is not a message, or elements are missing, superfluous or of the wrong type
     */
    static Message read(MessageReader in) {
        return MessageCode.of(in.integer("message type")).read(in);
    }
}
