package dev.carillon.protocol;

/**
 * The message types that Carillon reads and writes, with their codes.
 *
 * <p>Basic Profile, "Message Codes and Direction".
 */
public enum MessageCode {
    HELLO(1, Hello::read),
    WELCOME(2, Welcome::read),
    ABORT(3, Abort::read),
    CHALLENGE(4, Challenge::read),
    AUTHENTICATE(5, Authenticate::read),
    GOODBYE(6, Goodbye::read),
    ERROR(8, Error::read),
    PUBLISH(16, Publish::read),
    PUBLISHED(17, Published::read),
    SUBSCRIBE(32, Subscribe::read),
    SUBSCRIBED(33, Subscribed::read),
    UNSUBSCRIBE(34, Unsubscribe::read),
    UNSUBSCRIBED(35, Unsubscribed::read),
    EVENT(36, Event::read),
    CALL(48, Call::read),
    CANCEL(49, Cancel::read),
    RESULT(50, Result::read),
    REGISTER(64, Register::read),
    REGISTERED(65, Registered::read),
    UNREGISTER(66, Unregister::read),
    UNREGISTERED(67, Unregistered::read),
    INVOCATION(68, Invocation::read),
    INTERRUPT(69, Interrupt::read),
    YIELD(70, Yield::read);

    private static final MessageCode[] BY_CODE = new MessageCode[128];

    static {
        for (MessageCode code : values()) {
            BY_CODE[code.code] = code;
        }
    }

    private final int code;
    private final Elements elements;

    MessageCode(int code, Elements elements) {
        this.code = code;
        this.elements = elements;
    }

    public int code() {
        return code;
    }

    /**
     * The type with this code.
     *
     * @throws ProtocolViolation if no message that Carillon knows has it
     */
    public static MessageCode of(long code) {
        if (code < 0 || code >= BY_CODE.length || BY_CODE[(int) code] == null) {
            throw new ProtocolViolation("message type " + code + " is not known here");
        }
        return BY_CODE[(int) code];
    }

    /** Reads what follows the code in a message of this type. */
    Message read(MessageReader in) {
        return elements.read(in);
    }

    @FunctionalInterface
    private interface Elements {
        Message read(MessageReader in);
    }
}
