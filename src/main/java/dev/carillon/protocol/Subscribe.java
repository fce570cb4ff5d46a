package dev.carillon.protocol;

/** {@code [SUBSCRIBE, Request|id, Options|dict, Topic|uri]}. Basic Profile, "Publish and Subscribe". */
public record Subscribe(RequestId request, Dict options, Uri topic) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.SUBSCRIBE;
    }

    static Subscribe read(MessageReader in) {
        return new Subscribe(new RequestId(in.id("Request")), in.dict("Options"), in.uri("Topic"));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).dict(options).uri(topic);
    }
}
