package dev.carillon.protocol;

/** {@code [AUTHENTICATE, Signature|string, Extra|dict]}. Advanced Profile, "Authentication Methods". */
public record Authenticate(String signature, Dict extra) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.AUTHENTICATE;
    }

    static Authenticate read(MessageReader in) {
        return new Authenticate(in.string("Signature"), in.dict("Extra"));
    }

    @Override
    public void write(MessageWriter out) {
        out.string(signature).dict(extra);
    }
}
