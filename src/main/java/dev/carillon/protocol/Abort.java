package dev.carillon.protocol;

/** {@code [ABORT, Details|dict, Reason|uri]}. Basic Profile, "Session Establishment". */
public record Abort(Dict details, Uri reason) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.ABORT;
    }

    static Abort read(MessageReader in) {
        return new Abort(in.dict("Details"), in.uri("Reason"));
    }

    @Override
    public void write(MessageWriter out) {
        out.dict(details).uri(reason);
    }
}
