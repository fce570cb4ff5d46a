package dev.carillon.protocol;

/** {@code [UNREGISTERED, UNREGISTER.Request|id]}. Basic Profile, "Remote Procedure Calls". */
public record Unregistered(RequestId request) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.UNREGISTERED;
    }

    static Unregistered read(MessageReader in) {
        return new Unregistered(new RequestId(in.id("UNREGISTER.Request")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value());
    }
}
