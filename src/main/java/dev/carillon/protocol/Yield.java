package dev.carillon.protocol;

/** {@code [YIELD, INVOCATION.Request|id, Options|dict, Arguments|list, ArgumentsKw|dict]}. Basic Profile, "Remote Procedure Calls". */
public record Yield(RequestId request, Dict options, Payload payload) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.YIELD;
    }

    static Yield read(MessageReader in) {
        return new Yield(new RequestId(in.id("INVOCATION.Request")), in.dict("Options"), in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(options).payload(payload);
    }
}
