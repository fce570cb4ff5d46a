package dev.carillon.protocol;

/** {@code [ERROR, REQUEST.Type|int, REQUEST.Request|id, Details|dict, Error|uri, Arguments|list, ArgumentsKw|dict]}. Basic Profile, "Error". */
public record Error(MessageCode requestType, RequestId request, Dict details, Uri error, Payload payload)
        implements Message {

    @Override
    public int size() {
        return Message.super.size() + error.value().length(); // a callee's own
    }

    @Override
    public MessageCode code() {
        return MessageCode.ERROR;
    }

    static Error read(MessageReader in) {
        return new Error(
                MessageCode.of(in.integer("REQUEST.Type")),
                new RequestId(in.id("REQUEST.Request")),
                in.dict("Details"),
                in.uri("Error"),
                in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(requestType.code())
                .integer(request.value())
                .dict(details)
                .uri(error)
                .payload(payload);
    }
}
