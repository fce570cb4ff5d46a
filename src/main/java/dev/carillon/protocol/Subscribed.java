package dev.carillon.protocol;

/** {@code [SUBSCRIBED, SUBSCRIBE.Request|id, Subscription|id]}. Basic Profile, "Publish and Subscribe". */
public record Subscribed(RequestId request, SubscriptionId subscription) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.SUBSCRIBED;
    }

    static Subscribed read(MessageReader in) {
        return new Subscribed(new RequestId(in.id("SUBSCRIBE.Request")), new SubscriptionId(in.id("Subscription")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(subscription.value());
    }
}
