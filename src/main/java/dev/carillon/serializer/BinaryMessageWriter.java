package dev.carillon.serializer;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.MessageWriter;
import dev.carillon.protocol.Payload;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a message's elements as bytes; a payload received in this encoding goes out as it came in. CBOR and MessagePack
 * differ in the heads of their values only, which a subclass writes. Any value can be written: where the encoding has no
 * form for it, a subclass says what takes its place.
 */
abstract class BinaryMessageWriter implements MessageWriter {

    private static final int HEADER_SIZE = 64;

    private final Payload.Encoding encoding;
    private final int headOfAShortList;
    private byte[] bytes;
    private int size =
            1; // the head of the message's own list, which is set at the end: it holds the number of elements
    private int elements;

    /**
     * @param headOfAShortList the byte to which the length of a list is added; no message has more elements than that takes
     * @param payloadSize an estimate
     */
    BinaryMessageWriter(Payload.Encoding encoding, int headOfAShortList, int payloadSize) {
        this.encoding = encoding;
        this.headOfAShortList = headOfAShortList;
        this.bytes = new byte[HEADER_SIZE + payloadSize];
    }

    static BinaryMessageWriter of(Payload.Encoding encoding, int payloadSize) {
        return switch (encoding) {
            case CBOR -> new CborMessageWriter(payloadSize);
            case MESSAGE_PACK -> new MessagePackMessageWriter(payloadSize);
        };
    }

    abstract void nothing();

    abstract void bool(boolean value);

    abstract void number(long value);

    abstract void number(BigInteger value);

    abstract void number(double value);

    abstract void textHead(int length);

    abstract void binaryHead(int length);

    abstract void listHead(int length);

    abstract void mapHead(int length);

    /** The message. */
    byte[] toBytes() {
        bytes[0] = (byte) (headOfAShortList + elements);
        return Arrays.copyOf(bytes, size);
    }

    /** What is in the message, without its head, as the payload of another. */
    Payload toSlice() {
        return new Payload.Bytes(encoding, elements, Arrays.copyOfRange(bytes, 1, size));
    }

    @Override
    public MessageWriter integer(long value) {
        elements++;
        number(value);
        return this;
    }

    @Override
    public MessageWriter string(String value) {
        elements++;
        text(value);
        return this;
    }

    @Override
    public MessageWriter dict(Dict value) {
        elements++;
        map(value.entries());
        return this;
    }

    @Override
    public void payload(Payload payload) {
        if (payload instanceof Payload.Bytes slice && slice.encoding() == encoding) {
            elements += slice.parts();
            write(slice.bytes());
            return;
        }
        for (Object part : Parts.of(payload)) {
            elements++;
            value(part);
        }
    }

    // For subclasses, to write heads with.

    /** A byte, then a number of 0, 1, 2, 4 or 8 bytes, the most significant first. */
    final void head(int first, long number, int bytesOfNumber) {
        reserve(1 + bytesOfNumber);
        bytes[size++] = (byte) first;
        for (int shift = 8 * (bytesOfNumber - 1); shift >= 0; shift -= 8) {
            bytes[size++] = (byte) (number >> shift);
        }
    }

    final void head(int first) {
        head(first, 0, 0);
    }

    /** A text; a surrogate that stands alone has no form in UTF-8 and becomes a question mark. */
    final void text(String value) {
        byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
        textHead(utf8.length);
        write(utf8);
    }

    final void binary(byte[] value) {
        binaryHead(value.length);
        write(value);
    }

    private void value(@Nullable Object value) {
        if (value == null) {
            nothing();
        } else if (value instanceof String text) {
            text(text);
        } else if (value instanceof Map<?, ?> map) {
            map(map);
        } else if (value instanceof Collection<?> list) {
            list(list);
        } else if (value instanceof Boolean flag) {
            bool(flag);
        } else if (value instanceof Number number) {
            number(number);
        } else if (value instanceof byte[] binary) {
            binary(binary);
        } else {
            text(value.toString());
        }
    }

    private void number(Number number) {
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            number(number.longValue());
        } else if (number instanceof BigInteger big) {
            number(big);
        } else {
            number(number.doubleValue());
        }
    }

    private void list(Collection<?> elements) {
        listHead(elements.size());
        elements.forEach(this::value);
    }

    private void map(Map<?, ?> entries) {
        mapHead(entries.size());
        entries.forEach((key, value) -> {
            text(String.valueOf(key));
            value(value);
        });
    }

    private void write(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, size, more.length);
        size += more.length;
    }

    private void reserve(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, size + (size >> 1)));
        }
    }
}
