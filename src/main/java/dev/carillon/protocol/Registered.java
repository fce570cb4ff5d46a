package dev.carillon.protocol;

/** {@code [REGISTERED, REGISTER.Request|id, Registration|id]}. Basic Profile, "Remote Procedure Calls". */
public record Registered(RequestId request, RegistrationId registration) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.REGISTERED;
    }

    static Registered read(MessageReader in) {
        return new Registered(new RequestId(in.id("REGISTER.Request")), new RegistrationId(in.id("Registration")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(registration.value());
    }
}
