package dev.carillon.protocol;

/** {@code [CHALLENGE, AuthMethod|string, Extra|dict]}. Advanced Profile, "Authentication Methods". */
public record Challenge(String authmethod, Dict extra) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.CHALLENGE;
    }

    static Challenge read(MessageReader in) {
        return new Challenge(in.string("AuthMethod"), in.dict("Extra"));
    }

    @Override
    public void write(MessageWriter out) {
        out.string(authmethod).dict(extra);
    }
}
