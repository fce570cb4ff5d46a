package dev.carillon.store;

import dev.carillon.protocol.Payload;
import dev.carillon.serializer.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A payload as columns: as text or as bytes, or neither if there is none.
 *
 * @param name {@code none}, {@code json}, or the encoding and its parts, as in {@code cbor2}
 */
record PayloadForm(String name, @Nullable String text, byte @Nullable [] bytes) {

    private static final String NONE = "none";
    private static final String JSON = "json";
    private static final String CBOR = "cbor";
    private static final String MESSAGE_PACK = "msgpack";

    static PayloadForm of(Payload payload) {
        if (payload instanceof Payload.Json json) {
            return new PayloadForm(JSON, json.text(), null);
        }
        if (payload instanceof Payload.Bytes bytes) {
            String encoding = bytes.encoding() == Payload.Encoding.CBOR ? CBOR : MESSAGE_PACK;
            return new PayloadForm(encoding + bytes.parts(), null, bytes.bytes());
        }
        String inAList = Serializer.json(payload);
        String text = inAList.substring(1, inAList.length() - 1);
        return text.isEmpty() ? new PayloadForm(NONE, null, null) : new PayloadForm(JSON, text, null);
    }

    Payload payload() {
        if (text != null) {
            return new Payload.Json(text);
        }
        if (bytes == null) {
            return Payload.NONE;
        }
        Payload.Encoding encoding = name.startsWith(CBOR) ? Payload.Encoding.CBOR : Payload.Encoding.MESSAGE_PACK;
        return new Payload.Bytes(encoding, name.endsWith("2") ? 2 : 1, bytes);
    }
}
