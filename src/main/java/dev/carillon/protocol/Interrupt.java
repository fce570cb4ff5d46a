package dev.carillon.protocol;

/** {@code [INTERRUPT, INVOCATION.Request|id, Options|dict]}. Advanced Profile, "Call Canceling". */
public record Interrupt(RequestId invocation, Dict options) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.INTERRUPT;
    }

    static Interrupt read(MessageReader in) {
        return new Interrupt(new RequestId(in.id("INVOCATION.Request")), in.dict("Options"));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(invocation.value()).dict(options);
    }
}
