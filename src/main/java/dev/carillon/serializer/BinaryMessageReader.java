package dev.carillon.serializer;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageReader;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.serializer.BinaryInput.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one message from bytes; the payload is skipped, which checks its form, and cut out as it stands. */
final class BinaryMessageReader implements MessageReader {

    /** Of an element; that of the message itself is 1. */
    private static final int LEVEL = 2;

    private final BinaryInput in;
    private final Payload.Encoding encoding;
    private int elementsLeft; // INDEFINITE as long as only the message's end will tell

    BinaryMessageReader(Payload.Encoding encoding, byte[] message) {
        this.encoding = encoding;
        this.in = BinaryInput.of(encoding, message);
    }

    Message message() {
        if (in.head() != Kind.LIST || in.tagged) {
            throw new ProtocolViolation("a message is a list");
        }
        elementsLeft = in.length;
        Message message = Message.read(this);
        if (hasNext()) {
            throw new ProtocolViolation(message.code() + " has more elements than it may have");
        }
        if (in.remaining() > 0) {
            throw new ProtocolViolation("something follows the message");
        }
        return message;
    }

    @Override
    public long integer(String name) {
        expect(Kind.INTEGER, name, "an integer");
        return in.number;
    }

    @Override
    public String string(String name) {
        expect(Kind.TEXT, name, "a string");
        return in.text();
    }

    @Override
    public Dict dict(String name) {
        expect(Kind.MAP, name, "a dict");
        Map<String, @Nullable Object> entries = in.map(LEVEL);
        return entries.isEmpty() ? Dict.EMPTY : new Dict(entries);
    }

    @Override
    public Payload payload() {
        if (!hasNext()) {
            return Payload.NONE;
        }
        int from = in.position();
        expectHead(Kind.LIST, "Arguments", "a list");
        in.skipList(LEVEL);
        int parts = 1;
        int to = in.position();
        if (hasNext()) {
            expectHead(Kind.MAP, "ArgumentsKw", "a dict");
            in.skipMap(LEVEL);
            parts = 2;
            to = in.position();
        }
        return new Payload.Bytes(encoding, parts, in.slice(from, to));
    }

    private boolean hasNext() {
        if (elementsLeft == BinaryInput.INDEFINITE && in.end()) {
            elementsLeft = 0;
        } else if (elementsLeft > 0) {
            elementsLeft--;
            return true;
        }
        return elementsLeft == BinaryInput.INDEFINITE;
    }

    private void expect(Kind expected, String name, String inWords) {
        if (!hasNext()) {
            throw new ProtocolViolation("the message ends before " + name);
        }
        expectHead(expected, name, inWords);
    }

    private void expectHead(Kind expected, String name, String inWords) {
        Kind kind = in.head();
        if (kind == Kind.BIG_INTEGER && expected == Kind.INTEGER) {
            throw new ProtocolViolation(name + " is too large");
        }
        if (kind != expected || in.tagged) {
            throw new ProtocolViolation(name + " must be " + inWords);
        }
    }
}
