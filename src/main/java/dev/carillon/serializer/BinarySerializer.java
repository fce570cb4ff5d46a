package dev.carillon.serializer;

import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;

/** {@code wamp.2.cbor} and {@code wamp.2.msgpack}: a message is a list in a binary frame. Basic Profile, "Serializers". */
final class BinarySerializer implements Serializer {

    private final String subprotocol;
    private final Payload.Encoding encoding;

    BinarySerializer(String subprotocol, Payload.Encoding encoding) {
        this.subprotocol = subprotocol;
        this.encoding = encoding;
    }

    @Override
    public String subprotocol() {
        return subprotocol;
    }

    @Override
    public Message decode(Frame frame) {
        if (!(frame instanceof Frame.Binary binary)) {
            throw new ProtocolViolation(subprotocol + " is spoken in binary frames, this one is text");
        }
        return new BinaryMessageReader(encoding, binary.bytes()).message();
    }

    @Override
    public Frame encode(Message message) {
        BinaryMessageWriter out =
                BinaryMessageWriter.of(encoding, message.payload().size());
        out.integer(message.code().code());
        message.write(out);
        return new Frame.Binary(out.toBytes());
    }

    @Override
    public Payload translate(Payload payload) {
        if (payload instanceof Payload.Bytes slice && slice.encoding() == encoding || payload.equals(Payload.NONE)) {
            return payload;
        }
        BinaryMessageWriter out = BinaryMessageWriter.of(encoding, payload.size());
        out.payload(payload);
        return out.toSlice();
    }
}
