package dev.carillon.session;

import dev.carillon.protocol.Payload;
import dev.carillon.serializer.Serializer;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A publication's payload, which goes out in several messages, one for each subscription that matches: it is translated
 * once for each serializer, and not once for each message.
 */
public final class SharedPayload {

    private final Payload payload;
    private int messages; // all made within the turn, before the first is encoded
    private @Nullable Map<Serializer, Payload> translations; // guarded by this; null before the first

    public SharedPayload(Payload payload) {
        this.payload = payload;
    }

    void isInAMessageMore() {
        messages++;
    }

    /** A single message is best encoded as it is. */
    Payload in(Serializer serializer) {
        return messages < 2 ? payload : translated(serializer);
    }

    private synchronized Payload translated(Serializer serializer) {
        if (translations == null) {
            translations = new IdentityHashMap<>(2);
        }
        return translations.computeIfAbsent(serializer, to -> to.translate(payload));
    }
}
