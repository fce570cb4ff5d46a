package dev.carillon.protocol;

/** {@code [WELCOME, Session|id, Details|dict]}. Basic Profile, "Session Establishment". */
public record Welcome(SessionId session, Dict details) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.WELCOME;
    }

    static Welcome read(MessageReader in) {
        return new Welcome(new SessionId(in.id("Session")), in.dict("Details"));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(session.value()).dict(details);
    }
}
