package dev.carillon.protocol;

/** {@code [INVOCATION, Request|id, REGISTERED.Registration|id, Details|dict, CALL.Arguments|list, CALL.ArgumentsKw|dict]}. Basic Profile, "Remote Procedure Calls". */
public record Invocation(RequestId request, RegistrationId registration, Dict details, Payload payload)
        implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.INVOCATION;
    }

    static Invocation read(MessageReader in) {
        return new Invocation(
                new RequestId(in.id("Request")),
                new RegistrationId(in.id("REGISTERED.Registration")),
                in.dict("Details"),
                in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(registration.value()).dict(details).payload(payload);
    }
}
