package dev.carillon.serializer;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.MessageWriter;
import dev.carillon.protocol.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a message's elements as JSON; a received payload goes out as it came in. */
final class JsonMessageWriter implements MessageWriter {

    /** Begins a string that is binary in Base64. Basic Profile, "Binary conversion of JSON Strings". */
    static final char BINARY = '\0';

    private final JsonGenerator generator;

    JsonMessageWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    @Override
    public MessageWriter integer(long value) {
        return writing(() -> generator.writeNumber(value));
    }

    @Override
    public MessageWriter string(String value) {
        return writing(() -> generator.writeString(value));
    }

    @Override
    public MessageWriter dict(Dict value) {
        return writing(() -> object(value.entries()));
    }

    @Override
    public void payload(Payload payload) {
        writing(() -> {
            if (payload instanceof Payload.Json slice) {
                generator.writeRawValue(slice.text());
            } else {
                for (Object part : Parts.of(payload)) {
                    value(part);
                }
            }
        });
    }

    private void object(Map<?, ?> entries) throws IOException {
        generator.writeStartObject();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            generator.writeFieldName(String.valueOf(entry.getKey()));
            value(entry.getValue());
        }
        generator.writeEndObject();
    }

    private void array(Iterable<?> elements) throws IOException {
        generator.writeStartArray();
        for (Object element : elements) {
            value(element);
        }
        generator.writeEndArray();
    }

    private void value(@Nullable Object value) throws IOException {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof Map<?, ?> map) {
            object(map);
        } else if (value instanceof Iterable<?> list) {
            array(list);
        } else if (value instanceof Boolean flag) {
            generator.writeBoolean(flag);
        } else if (value instanceof Double number && !Double.isFinite(number)) {
            generator.writeNull(); // as JavaScript's JSON.stringify does: JSON has no such numbers
        } else if (value instanceof Number number) {
            generator.writeNumber(number.toString());
        } else if (value instanceof byte[] binary) {
            generator.writeString(BINARY + Base64.getEncoder().encodeToString(binary));
        } else {
            generator.writeString(value.toString());
        }
    }

    private MessageWriter writing(Writing writing) {
        try {
            writing.write();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @FunctionalInterface
    private interface Writing {
        void write() throws IOException;
    }
}
