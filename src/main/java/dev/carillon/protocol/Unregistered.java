package dev.carillon.protocol;

/**
 * {@code [UNREGISTERED, UNREGISTER.Request|id]}, and {@code [UNREGISTERED, 0, Details|dict]} when it is the router that
 * ends the registration. Basic Profile, "Remote Procedure Calls"; Advanced Profile, "Registration Revocation".
 *
 * @param request 0 if nobody asked for it
 * @param details {@code registration} and {@code reason} of a revocation; empty else
 */
public record Unregistered(RequestId request, Dict details) implements Message {

    public Unregistered(RequestId request) {
        this(request, Dict.EMPTY);
    }

    /** The router ends the registration. */
    public static Unregistered revoked(RegistrationId registration, Uri reason) {
        return new Unregistered(
                new RequestId(0), Dict.of("registration", registration.value()).and(Dict.of("reason", reason.value())));
    }

    @Override
    public MessageCode code() {
        return MessageCode.UNREGISTERED;
    }

    static Unregistered read(MessageReader in) {
        RequestId request = new RequestId(in.idOrZero("UNREGISTER.Request"));
        return new Unregistered(request, request.value() == 0 ? in.dict("Details") : Dict.EMPTY);
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value());
        if (request.value() == 0) {
            out.dict(details);
        }
    }
}
