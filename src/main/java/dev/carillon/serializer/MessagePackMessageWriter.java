package dev.carillon.serializer;

import dev.carillon.protocol.Payload;
import java.math.BigInteger;

/**
 * MessagePack: shortest integers and lengths, doubles. An integer above 2^64-1 or below -2^63, for which MessagePack has
 * no form, becomes the string of its digits: as a floating point number it would be another one.
 */
final class MessagePackMessageWriter extends BinaryMessageWriter {

    private static final int BITS_OF_AN_UNSIGNED_INTEGER = 64;

    MessagePackMessageWriter(int payloadSize) {
        super(Payload.Encoding.MESSAGE_PACK, 0x90, payloadSize);
    }

    @Override
    void nothing() {
        head(0xC0);
    }

    @Override
    void bool(boolean value) {
        head(value ? 0xC3 : 0xC2);
    }

    @Override
    void number(long value) {
        if (value >= 0) {
            positive(value);
        } else {
            negative(value);
        }
    }

    @Override
    void number(BigInteger value) {
        if (value.bitLength() < Long.SIZE) {
            number(value.longValue());
        } else if (value.signum() > 0 && value.bitLength() <= BITS_OF_AN_UNSIGNED_INTEGER) {
            head(0xCF, value.longValue(), 8);
        } else {
            text(value.toString());
        }
    }

    @Override
    void number(double value) {
        head(0xCB, Double.doubleToRawLongBits(value), 8);
    }

    @Override
    void textHead(int length) {
        if (length < 32) {
            head(0xA0 | length);
        } else if (length <= 0xFF) {
            head(0xD9, length, 1);
        } else {
            longHead(0xDA, length);
        }
    }

    @Override
    void binaryHead(int length) {
        if (length <= 0xFF) {
            head(0xC4, length, 1);
        } else {
            longHead(0xC5, length);
        }
    }

    @Override
    void listHead(int length) {
        if (length < 16) {
            head(0x90 | length);
        } else {
            longHead(0xDC, length);
        }
    }

    @Override
    void mapHead(int length) {
        if (length < 16) {
            head(0x80 | length);
        } else {
            longHead(0xDE, length);
        }
    }

    /** @param first of the form with 2 bytes; the form with 4 is the next */
    private void longHead(int first, int length) {
        if (length <= 0xFFFF) {
            head(first, length, 2);
        } else {
            head(first + 1, length, 4);
        }
    }

    private void positive(long value) {
        if (value < 0x80) {
            head((int) value);
        } else if (value <= 0xFF) {
            head(0xCC, value, 1);
        } else if (value <= 0xFFFF) {
            head(0xCD, value, 2);
        } else if (value <= 0xFFFF_FFFFL) {
            head(0xCE, value, 4);
        } else {
            head(0xCF, value, 8);
        }
    }

    private void negative(long value) {
        if (value >= -32) {
            head((int) value);
        } else if (value >= Byte.MIN_VALUE) {
            head(0xD0, value, 1);
        } else if (value >= Short.MIN_VALUE) {
            head(0xD1, value, 2);
        } else if (value >= Integer.MIN_VALUE) {
            head(0xD2, value, 4);
        } else {
            head(0xD3, value, 8);
        }
    }
}
