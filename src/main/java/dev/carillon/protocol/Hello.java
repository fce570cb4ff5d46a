package dev.carillon.protocol;

/** {@code [HELLO, Realm|uri, Details|dict]}. Basic Profile, "Session Establishment". */
public record Hello(Uri realm, Dict details) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.HELLO;
    }

    static Hello read(MessageReader in) {
        return new Hello(in.uri("Realm"), in.dict("Details"));
    }

    @Override
    public void write(MessageWriter out) {
        out.uri(realm).dict(details);
    }
}
