package dev.carillon.protocol;

/** {@code [CALL, Request|id, Options|dict, Procedure|uri, Arguments|list, ArgumentsKw|dict]}. Basic Profile, "Remote Procedure Calls". */
public record Call(RequestId request, Dict options, Uri procedure, Payload payload) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.CALL;
    }

    static Call read(MessageReader in) {
        return new Call(new RequestId(in.id("Request")), in.dict("Options"), in.uri("Procedure"), in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(options).uri(procedure).payload(payload);
    }
}
