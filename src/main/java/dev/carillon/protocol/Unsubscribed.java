package dev.carillon.protocol;

/**
 * {@code [UNSUBSCRIBED, UNSUBSCRIBE.Request|id]}, and {@code [UNSUBSCRIBED, 0, Details|dict]} when it is the router that
 * ends the subscription. Basic Profile, "Publish and Subscribe"; Advanced Profile, "Subscription Revocation".
 *
 * @param request 0 if nobody asked for it
 * @param details {@code subscription} and {@code reason} of a revocation; empty else
 */
public record Unsubscribed(RequestId request, Dict details) implements Message {

    public Unsubscribed(RequestId request) {
        this(request, Dict.EMPTY);
    }

    /** The router ends the subscription. */
    public static Unsubscribed revoked(SubscriptionId subscription, Uri reason) {
        return new Unsubscribed(
                new RequestId(0), Dict.of("subscription", subscription.value()).and(Dict.of("reason", reason.value())));
    }

    @Override
    public MessageCode code() {
        return MessageCode.UNSUBSCRIBED;
    }

    static Unsubscribed read(MessageReader in) {
        RequestId request = new RequestId(in.idOrZero("UNSUBSCRIBE.Request"));
        return new Unsubscribed(request, request.value() == 0 ? in.dict("Details") : Dict.EMPTY);
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value());
        if (request.value() == 0) {
            out.dict(details);
        }
    }
}
