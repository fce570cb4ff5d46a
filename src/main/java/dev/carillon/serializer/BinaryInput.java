package dev.carillon.serializer;

import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values in bytes, one after the other. CBOR and MessagePack differ in the heads of their values only, which a subclass
 * reads.
 *
 * <p>Every violation is found before anything is made of the value: nothing is allocated because a length announces it,
 * and whatever {@link #skip} lets pass, {@link #value} can read.
 */
abstract class BinaryInput {

    /** What a value is, as its head says. */
    enum Kind {
        INTEGER,
        BIG_INTEGER,
        FLOAT,
        TRUE,
        FALSE,
        NULL,
        TEXT,
        BINARY,
        LIST,
        MAP
    }

    /** The {@link #length} of what goes on until {@link #end}. */
    static final int INDEFINITE = -1;

    private final byte[] source;
    private int at;

    // What the last head said besides its kind.
    /** Of an INTEGER. */
    long number;
    /** Of a BIG_INTEGER, which is one that {@link #number} cannot hold. */
    BigInteger bigNumber = BigInteger.ZERO;
    /** Of a FLOAT. */
    double real;
    /** Bytes of a TEXT or BINARY, elements of a LIST, entries of a MAP, or {@link #INDEFINITE}. */
    int length;
    /** Whether a tag stood before the value. */
    boolean tagged;

    BinaryInput(byte[] source) {
        this.source = source;
    }

    static BinaryInput of(Payload.Encoding encoding, byte[] source) {
        return switch (encoding) {
            case CBOR -> new CborInput(source);
            case MESSAGE_PACK -> new MessagePackInput(source);
        };
    }

    /** Reads the head of the next value: all of a number, only the length of what has one. */
    abstract Kind head();

    /** Reads the mark that ends a value of indefinite length, if it is what comes next. */
    boolean end() {
        return false;
    }

    /** All values of a payload's slice: the list of arguments and, if there are two parts, the map. */
    List<@Nullable Object> parts(int parts) {
        List<@Nullable Object> values = new ArrayList<>(parts);
        for (int i = 0; i < parts; i++) {
            values.add(value(2));
        }
        return values;
    }

    final int position() {
        return at;
    }

    /** A copy of the bytes between two positions. */
    final byte[] slice(int from, int to) {
        return Arrays.copyOfRange(source, from, to);
    }

    final int remaining() {
        return source.length - at;
    }

    /** The next byte, which stays the next; -1 if there is none. */
    final int peek() {
        return at < source.length ? source[at] & 0xFF : -1;
    }

    /** A number of 1, 2, 4 or 8 bytes, the most significant first; with 8 bytes, the sign is theirs. */
    final long unsigned(int bytes) {
        if (bytes > remaining()) {
            throw truncated();
        }
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | source[at++] & 0xFF;
        }
        return value;
    }

    /** Notes the length of a text, binary, list or map, of which each unit takes so many bytes at least. */
    final Kind sized(Kind kind, long announced, int leastBytes) {
        if (announced < 0 || announced > remaining() / leastBytes) {
            throw truncated();
        }
        length = (int) announced;
        return kind;
    }

    /** An integer of 8 bytes without a sign. */
    final Kind unsignedInteger(long value) {
        number = value;
        if (value >= 0) {
            return Kind.INTEGER;
        }
        bigNumber = new BigInteger(Long.toUnsignedString(value));
        return Kind.BIG_INTEGER;
    }

    final byte[] binary() {
        if (length != INDEFINITE) {
            at += length;
            return slice(at - length, at);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        while (!end()) {
            chunk(Kind.BINARY);
            whole.write(source, at, length);
            at += length;
        }
        return whole.toByteArray();
    }

    // Reading values and skipping them accept exactly the same.

    private @Nullable Object value(int level) {
        return switch (head()) {
            case INTEGER -> number;
            case BIG_INTEGER -> bigNumber;
            case FLOAT -> real;
            case TRUE -> true;
            case FALSE -> false;
            case NULL -> null;
            case TEXT -> text();
            case BINARY -> binary();
            case LIST -> list(level);
            case MAP -> map(level);
        };
    }

    private void skip(int level) {
        switch (head()) {
            case TEXT -> skipText();
            case BINARY -> skipBinary();
            case LIST -> skipList(level);
            case MAP -> skipMap(level);
            default -> {} // its head was all of it
        }
    }

    private List<@Nullable Object> list(int level) {
        checkLevel(level);
        boolean open = length == INDEFINITE;
        // Not of the announced length: lists in lists could each announce all of the message.
        List<@Nullable Object> elements = new ArrayList<>();
        for (int left = length; open ? !end() : left > 0; left--) {
            elements.add(value(level + 1));
        }
        return elements;
    }

    final void skipList(int level) {
        checkLevel(level);
        boolean open = length == INDEFINITE;
        for (int left = length; open ? !end() : left > 0; left--) {
            skip(level + 1);
        }
    }

    final Map<String, @Nullable Object> map(int level) {
        checkLevel(level);
        boolean open = length == INDEFINITE;
        Map<String, @Nullable Object> entries = new LinkedHashMap<>();
        for (int left = length; open ? !end() : left > 0; left--) {
            key();
            entries.put(text(), value(level + 1));
        }
        return entries;
    }

    final void skipMap(int level) {
        checkLevel(level);
        boolean open = length == INDEFINITE;
        for (int left = length; open ? !end() : left > 0; left--) {
            key();
            skipText();
            skip(level + 1);
        }
    }

    private void key() {
        if (head() != Kind.TEXT || tagged) {
            throw new ProtocolViolation("the keys of a dict must be strings");
        }
    }

    final String text() {
        int from = at;
        if (length != INDEFINITE) {
            skipText();
            return new String(source, from, at - from, StandardCharsets.UTF_8);
        }
        StringBuilder whole = new StringBuilder();
        while (!end()) {
            chunk(Kind.TEXT);
            whole.append(text());
        }
        return whole.toString();
    }

    private void skipText() {
        if (length != INDEFINITE) {
            if (!Utf8.isValid(source, at, at + length)) {
                throw new ProtocolViolation("a string is not UTF-8");
            }
            at += length;
            return;
        }
        while (!end()) {
            chunk(Kind.TEXT);
            skipText();
        }
    }

    private void skipBinary() {
        if (length != INDEFINITE) {
            at += length;
            return;
        }
        while (!end()) {
            chunk(Kind.BINARY);
            at += length;
        }
    }

    /** Reads the head of a part of a string of indefinite length; parts of parts are none. */
    private void chunk(Kind kind) {
        if (head() != kind || length == INDEFINITE || tagged) {
            throw new ProtocolViolation("a string has parts that are none");
        }
    }

    private static void checkLevel(int level) {
        if (level > JsonSerializer.MAX_DEPTH) {
            throw new ProtocolViolation("nested deeper than " + JsonSerializer.MAX_DEPTH);
        }
    }

    static ProtocolViolation truncated() {
        return new ProtocolViolation("the message ends in the middle of a value");
    }
}
