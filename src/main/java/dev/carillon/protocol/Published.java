package dev.carillon.protocol;

/** {@code [PUBLISHED, PUBLISH.Request|id, Publication|id]}. Basic Profile, "Publish and Subscribe". */
public record Published(RequestId request, PublicationId publication) implements Message {

    @Override
    public MessageCode code() {
        return MessageCode.PUBLISHED;
    }

    static Published read(MessageReader in) {
        return new Published(new RequestId(in.id("PUBLISH.Request")), new PublicationId(in.id("Publication")));
    }

    @Override
    public void write(MessageWriter out) {
        out.integer(request.value()).integer(publication.value());
    }
}
