package dev.carillon.protocol;

/** {@code [UNSUBSCRIBE, Request|id, SUBSCRIBED.Subscription|id]}. Basic Profile, "Publish and Subscribe". */
public record Unsubscribe(RequestId request, SubscriptionId subscription) implements Request {

    @Override
    public MessageCode code() {
        return MessageCode.UNSUBSCRIBE;
    }

    static Unsubscribe read(MessageReader in) {
        return new Unsubscribe(new RequestId(in.id("Request")), new SubscriptionId(in.id("SUBSCRIBED.Subscription")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(subscription.value());
    }
}
