package dev.carillon.serializer;

import dev.carillon.protocol.ProtocolViolation;
import java.math.BigInteger;

/**
 * The heads of CBOR, RFC 8949. Lengths may be indefinite, numbers longer than they need to be. Tags 2 and 3 make big
 * integers; any other tag is passed over, and the value behind it counts. Simple values other than false, true, null and
 * undefined mean nothing to others and are refused.
 */
final class CborInput extends BinaryInput {

    /** Bytes of an integer with 1000 decimal digits, which is where JSON's reader ends, too. */
    private static final int MAX_BIG_INTEGER_SIZE = 415;

    private static final int POSITIVE_BIG_INTEGER = 2;
    private static final int NEGATIVE_BIG_INTEGER = 3;
    private static final int BREAK = 0xFF;

    CborInput(byte[] source) {
        super(source);
    }

    @Override
    Kind head() {
        tagged = false;
        long tag = -1;
        int first = (int) unsigned(1);
        for (int tags = 1; first >> 5 == 6; tags++) {
            if (tags > JsonSerializer.MAX_DEPTH) { // each is a level to a decoder that nests them
                throw new ProtocolViolation("nested deeper than " + JsonSerializer.MAX_DEPTH + " tags");
            }
            tagged = true;
            tag = argument(first & 0x1F);
            first = (int) unsigned(1);
        }
        Kind kind = head(first >> 5, first & 0x1F);
        return tag == POSITIVE_BIG_INTEGER || tag == NEGATIVE_BIG_INTEGER ? bigInteger(tag, kind) : kind;
    }

    @Override
    boolean end() {
        if (peek() != BREAK) {
            return false;
        }
        unsigned(1);
        return true;
    }

    private Kind head(int major, int info) {
        return switch (major) {
            case 0 -> unsignedInteger(argument(info));
            case 1 -> negative(argument(info));
            case 2 -> length(Kind.BINARY, info, 1);
            case 3 -> length(Kind.TEXT, info, 1);
            case 4 -> length(Kind.LIST, info, 1);
            case 5 -> length(Kind.MAP, info, 2);
            default -> simple(info);
        };
    }

    private Kind negative(long argument) {
        if (unsignedInteger(argument) == Kind.INTEGER) {
            number = -1 - argument;
            return Kind.INTEGER;
        }
        bigNumber = bigNumber.not(); // -1 - n
        return Kind.BIG_INTEGER;
    }

    private Kind length(Kind kind, int info, int leastBytes) {
        if (info == 31) {
            length = INDEFINITE;
            return kind;
        }
        return sized(kind, argument(info), leastBytes);
    }

    private Kind simple(int info) {
        switch (info) {
            case 20:
                return Kind.FALSE;
            case 21:
                return Kind.TRUE;
            case 22, 23:
                return Kind.NULL;
            case 25:
                real = half((int) unsigned(2));
                return Kind.FLOAT;
            case 26:
                real = Float.intBitsToFloat((int) unsigned(4));
                return Kind.FLOAT;
            case 27:
                real = Double.longBitsToDouble(unsigned(8));
                return Kind.FLOAT;
            default:
                throw notWellFormed();
        }
    }

    private Kind bigInteger(long tag, Kind kind) {
        if (kind != Kind.BINARY || length == INDEFINITE || length > MAX_BIG_INTEGER_SIZE) {
            throw new ProtocolViolation("not a big integer, or one of more than " + MAX_BIG_INTEGER_SIZE + " bytes");
        }
        BigInteger value = new BigInteger(1, binary());
        bigNumber = tag == NEGATIVE_BIG_INTEGER ? value.not() : value;
        return Kind.BIG_INTEGER;
    }

    private long argument(int info) {
        return switch (info) {
            case 24 -> unsigned(1);
            case 25 -> unsigned(2);
            case 26 -> unsigned(4);
            case 27 -> unsigned(8);
            case 28, 29, 30, 31 -> throw notWellFormed();
            default -> info;
        };
    }

    /** The value of a number with 1 bit for its sign, 5 for the exponent, 10 for the rest. RFC 8949, appendix D. */
    private static double half(int bits) {
        int exponent = bits >> 10 & 0x1F;
        int mantissa = bits & 0x3FF;
        double value = exponent == 0
                ? Math.scalb((double) mantissa, -24)
                : exponent < 31
                        ? Math.scalb((double) (mantissa + 1024), exponent - 25)
                        : mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        return bits >> 15 == 0 ? value : -value;
    }

    private static ProtocolViolation notWellFormed() {
        return new ProtocolViolation("not well-formed CBOR, or a simple value without a meaning here");
    }
}
