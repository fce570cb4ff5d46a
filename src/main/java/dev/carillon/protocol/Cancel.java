package dev.carillon.protocol;

/** {@code [CANCEL, CALL.Request|id, Options|dict]}. Advanced Profile, "Call Canceling". Not answered by itself: the call is. */
public record Cancel(RequestId call, Dict options) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.CANCEL;
    }

    static Cancel read(MessageReader in) {
        return new Cancel(new RequestId(in.id("CALL.Request")), in.dict("Options"));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(call.value()).dict(options);
    }
}
