package dev.carillon.protocol;

/** {@code [UNSUBSCRIBED, UNSUBSCRIBE.Request|id]}. Basic Profile, "Publish and Subscribe". */
public record Unsubscribed(RequestId request) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.UNSUBSCRIBED;
    }

    static Unsubscribed read(MessageReader in) {
        return new Unsubscribed(new RequestId(in.id("UNSUBSCRIBE.Request")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value());
    }
}
