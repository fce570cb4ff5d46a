package dev.carillon.protocol;

/** {@code [PUBLISH, Request|id, Options|dict, Topic|uri, Arguments|list, ArgumentsKw|dict]}. Basic Profile, "Publish and Subscribe". */
public record Publish(RequestId request, Dict options, Uri topic, Payload payload) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.PUBLISH;
    }

    static Publish read(MessageReader in) {
        return new Publish(new RequestId(in.id("Request")), in.dict("Options"), in.uri("Topic"), in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(options).uri(topic).payload(payload);
    }
}
