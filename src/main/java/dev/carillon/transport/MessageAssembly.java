package dev.carillon.transport;

import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a message together, up to a limit. The container's own limit does not do: Undertow checks single
 * text frames only, so that many small fragments could fill the memory.
 *
 * <p>Used by one thread at a time.
 */
final class MessageAssembly {

    private static final int MOST_BYTES_PER_CHAR = 3; // a surrogate pair is two chars and four bytes

    private final int maxBytes;
    private final StringBuilder text = new StringBuilder(0);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

    MessageAssembly(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @return the whole message, null if more of it is to come
     * @throws TooBig if the limit is exceeded
     */
    @Nullable
    String add(String part, boolean last) {
        if (last && text.isEmpty()) { // nearly always
            requireFits(part);
            return part;
        }
        text.append(part);
        requireFits(text);
        if (!last) {
            return null;
        }
        String whole = text.toString();
        text.setLength(0);
        text.trimToSize();
        return whole;
    }

    /**
     * @return the whole message, null if more of it is to come
     * @throws TooBig if the limit is exceeded
     */
    byte @Nullable [] add(byte[] part, boolean last) {
        if (bytes.size() + (long) part.length > maxBytes) {
            throw new TooBig();
        }
        bytes.writeBytes(part);
        if (!last) {
            return null;
        }
        byte[] whole = bytes.toByteArray();
        bytes.reset();
        return whole;
    }

    private void requireFits(CharSequence sequence) {
        long chars = sequence.length();
        if (chars > maxBytes || chars * MOST_BYTES_PER_CHAR > maxBytes && utf8Length(sequence) > maxBytes) {
            throw new TooBig();
        }
    }

    private static long utf8Length(CharSequence sequence) {
        return sequence.codePoints()
                .mapToLong(c -> c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4)
                .sum();
    }

    /** The message is larger than allowed. */
    static final class TooBig extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooBig() {
            super("message too big", null, false, false);
        }
    }
}
