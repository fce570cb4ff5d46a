package dev.carillon.serializer;

import dev.carillon.protocol.Message;
import dev.carillon.protocol.ProtocolViolation;
import java.util.function.Function;
import java.util.function.IntFunction;

/** {@code wamp.2.cbor} and {@code wamp.2.msgpack}: a message is a list in a binary frame. Basic Profile, "Serializers". */
final class BinarySerializer implements Serializer {

    private final String subprotocol;
    private final Function<byte[], BinaryMessageReader> reader;
    private final IntFunction<BinaryMessageWriter> writer;

    private BinarySerializer(
            String subprotocol, Function<byte[], BinaryMessageReader> reader, IntFunction<BinaryMessageWriter> writer) {
        this.subprotocol = subprotocol;
        this.reader = reader;
        this.writer = writer;
    }

    static Serializer cbor() {
        return new BinarySerializer("wamp.2.cbor", CborMessageReader::new, CborMessageWriter::new);
    }

    static Serializer messagePack() {
        return new BinarySerializer("wamp.2.msgpack", MessagePackMessageReader::new, MessagePackMessageWriter::new);
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
        return reader.apply(binary.bytes()).message();
    }

    @Override
    public Frame encode(Message message) {
        BinaryMessageWriter out = writer.apply(message.payload().size());
        out.integer(message.code().code());
        message.write(out);
        return new Frame.Binary(out.toBytes());
    }
}
