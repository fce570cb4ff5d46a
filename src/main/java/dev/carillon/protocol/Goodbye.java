package dev.carillon.protocol;

/** {@code [GOODBYE, Details|dict, Reason|uri]}. Basic Profile, "Session Closing". */
public record Goodbye(Dict details, Uri reason) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.GOODBYE;
    }

    static Goodbye read(MessageReader in) {
        return new Goodbye(in.dict("Details"), in.uri("Reason"));
    }

    @Override
    public void write(MessageWriter out) {
        out.dict(details).uri(reason);
    }
}
