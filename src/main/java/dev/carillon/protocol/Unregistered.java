package dev.carillon.protocol;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code [UNREGISTERED, UNREGISTER.Request|id]}, or {@code [UNREGISTERED, 0, Details|dict]} for what the router has taken
 * away unasked. Basic Profile, "Remote Procedure Calls"; Advanced Profile, "Registration Revocation".
 *
 * @param details {@code registration} and {@code reason} if the request is 0; else empty and not sent
 */
public record Unregistered(RequestId request, Dict details) implements Message {

    private static final RequestId UNASKED = new RequestId(0);

    /** The answer to a request. */
    public Unregistered(RequestId request) {
        this(request, Dict.EMPTY);
    }

    /** Tells a callee that a registration is its no more. */
    public static Unregistered revoked(RegistrationId registration, Uri reason) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("registration", registration.value());
        details.put("reason", reason.value());
        return new Unregistered(UNASKED, new Dict(details));
    }

    public boolean isRevocation() {
        return request.equals(UNASKED);
    }

    @Override
    public MessageCode code() {
        return MessageCode.UNREGISTERED;
    }

    static Unregistered read(MessageReader in) {
        long request = in.idOrZero("UNREGISTER.Request");
        return request == 0 ? new Unregistered(UNASKED, in.dict("Details")) : new Unregistered(new RequestId(request));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value());
        if (isRevocation()) {
            out.dict(details);
        }
    }
}
