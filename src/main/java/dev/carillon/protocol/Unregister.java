package dev.carillon.protocol;

/** {@code [UNREGISTER, Request|id, REGISTERED.Registration|id]}. Basic Profile, "Remote Procedure Calls". */
public record Unregister(RequestId request, RegistrationId registration) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.UNREGISTER;
    }

    static Unregister read(MessageReader in) {
        return new Unregister(new RequestId(in.id("Request")), new RegistrationId(in.id("REGISTERED.Registration")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(registration.value());
    }
}
