package dev.carillon.serializer;

import dev.carillon.protocol.Payload;
import java.math.BigInteger;
import java.util.Arrays;

/** CBOR, RFC 8949: definite lengths, shortest integers, doubles, big integers by tags 2 and 3. */
final class CborMessageWriter extends BinaryMessageWriter {

    private static final int BITS_OF_AN_ARGUMENT = 64;

    CborMessageWriter(int payloadSize) {
        super(Payload.Encoding.CBOR, 0x80, payloadSize);
    }

    @Override
    void nothing() {
        head(0xF6);
    }

    @Override
    void bool(boolean value) {
        head(value ? 0xF5 : 0xF4);
    }

    @Override
    void number(long value) {
        if (value >= 0) {
            head(0x00, value);
        } else {
            head(0x20, -1 - value);
        }
    }

    @Override
    void number(BigInteger value) {
        boolean negative = value.signum() < 0;
        BigInteger argument = negative ? value.not() : value; // -1 - n
        if (argument.bitLength() <= BITS_OF_AN_ARGUMENT) {
            head(negative ? 0x20 : 0x00, argument.longValue());
            return;
        }
        head(negative ? 0xC3 : 0xC2);
        byte[] bytes = argument.toByteArray(); // perhaps with a zero in front, for a sign that is not needed here
        binary(bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes);
    }

    @Override
    void number(double value) {
        head(0xFB, Double.doubleToRawLongBits(value), 8);
    }

    @Override
    void binaryHead(int length) {
        head(0x40, length);
    }

    @Override
    void textHead(int length) {
        head(0x60, length);
    }

    @Override
    void listHead(int length) {
        head(0x80, length);
    }

    @Override
    void mapHead(int length) {
        head(0xA0, length);
    }

    /** @param argument without a sign */
    private void head(int major, long argument) {
        if (argument >>> 32 != 0) {
            head(major | 27, argument, 8);
        } else if (argument > 0xFFFF) {
            head(major | 26, argument, 4);
        } else if (argument > 0xFF) {
            head(major | 25, argument, 2);
        } else if (argument > 23) {
            head(major | 24, argument, 1);
        } else {
            head(major | (int) argument);
        }
    }
}
