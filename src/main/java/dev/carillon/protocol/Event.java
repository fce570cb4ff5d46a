package dev.carillon.protocol;

/** {@code [EVENT, SUBSCRIBED.Subscription|id, PUBLISHED.Publication|id, Details|dict, Arguments|list, ArgumentsKw|dict]}. Basic Profile, "Publish and Subscribe". */
public record Event(SubscriptionId subscription, PublicationId publication, Dict details, Payload payload)
        implements Message {

    /** The same, with these details besides. */
    public Event with(Dict more) {
        return new Event(subscription, publication, details.and(more), payload);
    }

    /** The same, with this payload. */
    public Event with(Payload other) {
        return other == payload ? this : new Event(subscription, publication, details, other);
    }

    @Override
    public MessageCode code() {
        return MessageCode.EVENT;
    }

    static Event read(MessageReader in) {
        return new Event(
                new SubscriptionId(in.id("SUBSCRIBED.Subscription")),
                new PublicationId(in.id("PUBLISHED.Publication")),
                in.dict("Details"),
                in.payload());
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(subscription.value())
                .integer(publication.value())
                .dict(details)
                .payload(payload);
    }
}
