package dev.carillon.protocol;

/** {@code [REGISTER, Request|id, Options|dict, Procedure|uri]}. Basic Profile, "Remote Procedure Calls". */
public record Register(RequestId request, Dict options, Uri procedure) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.REGISTER;
    }

    static Register read(MessageReader in) {
        return new Register(new RequestId(in.id("Request")), in.dict("Options"), in.uri("Procedure"));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(options).uri(procedure);
    }
}
