package dev.carillon.serializer;

import dev.carillon.protocol.ProtocolViolation;

/**
 * The heads of MessagePack, in the version of 2013 that tells text from binary. The content of an extension type is
 * binary; what its type means is between those who speak MessagePack. Only {@code undefined}, for which JavaScript's
 * libraries have made one up and which their clients leave in options, is null here.
 */
final class MessagePackInput extends BinaryInput {

    MessagePackInput(byte[] source) {
        super(source);
    }

    @Override
    Kind head() {
        int first = (int) unsigned(1);
        if (first < 0x80 || first >= 0xE0) {
            return integer((byte) first);
        } else if (first < 0x90) {
            return sized(Kind.MAP, first & 0x0F, 2);
        } else if (first < 0xA0) {
            return sized(Kind.LIST, first & 0x0F, 1);
        } else if (first < 0xC0) {
            return sized(Kind.TEXT, first & 0x1F, 1);
        }
        return switch (first) {
            case 0xC0 -> Kind.NULL;
            case 0xC2 -> Kind.FALSE;
            case 0xC3 -> Kind.TRUE;
            case 0xC4 -> sized(Kind.BINARY, unsigned(1), 1);
            case 0xC5 -> sized(Kind.BINARY, unsigned(2), 1);
            case 0xC6 -> sized(Kind.BINARY, unsigned(4), 1);
            case 0xC7 -> extension(unsigned(1));
            case 0xC8 -> extension(unsigned(2));
            case 0xC9 -> extension(unsigned(4));
            case 0xCA -> real(Float.intBitsToFloat((int) unsigned(4)));
            case 0xCB -> real(Double.longBitsToDouble(unsigned(8)));
            case 0xCC -> integer(unsigned(1));
            case 0xCD -> integer(unsigned(2));
            case 0xCE -> integer(unsigned(4));
            case 0xCF -> unsignedInteger(unsigned(8));
            case 0xD0 -> integer((byte) unsigned(1));
            case 0xD1 -> integer((short) unsigned(2));
            case 0xD2 -> integer((int) unsigned(4));
            case 0xD3 -> integer(unsigned(8));
            case 0xD4 -> extensionOfOneByte();
            case 0xD5 -> extension(2);
            case 0xD6 -> extension(4);
            case 0xD7 -> extension(8);
            case 0xD8 -> extension(16);
            case 0xD9 -> sized(Kind.TEXT, unsigned(1), 1);
            case 0xDA -> sized(Kind.TEXT, unsigned(2), 1);
            case 0xDB -> sized(Kind.TEXT, unsigned(4), 1);
            case 0xDC -> sized(Kind.LIST, unsigned(2), 1);
            case 0xDD -> sized(Kind.LIST, unsigned(4), 1);
            case 0xDE -> sized(Kind.MAP, unsigned(2), 2);
            case 0xDF -> sized(Kind.MAP, unsigned(4), 2);
            default -> throw new ProtocolViolation("not well-formed MessagePack");
        };
    }

    private Kind integer(long value) {
        number = value;
        return Kind.INTEGER;
    }

    private Kind real(double value) {
        real = value;
        return Kind.FLOAT;
    }

    private Kind extensionOfOneByte() {
        long type = unsigned(1);
        if (type == 0 && peek() == 0) { // undefined
            unsigned(1);
            return Kind.NULL;
        }
        return sized(Kind.BINARY, 1, 1);
    }

    private Kind extension(long announced) {
        unsigned(1); // its type
        return sized(Kind.BINARY, announced, 1);
    }
}
