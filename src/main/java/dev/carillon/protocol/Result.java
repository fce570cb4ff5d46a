package dev.carillon.protocol;

/** {@code [RESULT, CALL.Request|id, Details|dict, YIELD.Arguments|list, YIELD.ArgumentsKw|dict]}. Basic Profile, "Remote Procedure Calls". */
public record Result(RequestId request, Dict details, Payload payload) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.RESULT;
    }

    static Result read(MessageReader in) {
        return new Result(new RequestId(in.id("CALL.Request")), in.dict("Details"), in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(details).payload(payload);
    }
}
