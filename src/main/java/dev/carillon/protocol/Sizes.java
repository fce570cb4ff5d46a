package dev.carillon.protocol;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What values are charged with in an outbox and wherever else they are kept, in bytes: a close estimate. */
final class Sizes {

    private static final int OF_A_VALUE = 16;

    private Sizes() {}

    /** Looks into all of it: what a peer has sent may be one long string. */
    static int of(@Nullable Object value) {
        int size = OF_A_VALUE;
        if (value instanceof CharSequence text) {
            size += text.length();
        } else if (value instanceof byte[] binary) {
            size += binary.length;
        } else if (value instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                size += of(entry.getKey()) + of(entry.getValue());
            }
        } else if (value instanceof Iterable<?> list) {
            for (Object element : list) {
                size += of(element);
            }
        }
        return size;
    }
}
