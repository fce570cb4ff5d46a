package dev.carillon.serializer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code wamp.2.json}: a message is a JSON array in a text frame. Basic Profile, "Serializers". */
final class JsonSerializer implements Serializer {

    static final JsonSerializer INSTANCE = new JsonSerializer();

    /** Enough for any data that people make, and little enough for recursive readers behind the router. */
    static final int MAX_DEPTH = 256;

    /** Of one number. */
    private static final int MAX_DIGITS = 1000;

    /** What the stack surely takes. */
    private static final int MAX_DEPTH_OF_THE_APPLICATION = 1000;

    private static final int ESTIMATED_HEADER_SIZE = 128;

    private final JsonFactory factory = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_DIGITS)
                    .maxStringLength(Integer.MAX_VALUE) // the transport limits the message
                    .build())
            .build();

    /** For payloads that are in the router: what was received is checked, and what the application sends is its own. */
    private static final JsonFactory PAYLOADS = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH_OF_THE_APPLICATION)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    /** A payload's parts as values. */
    static List<@Nullable Object> parts(Payload.Json payload) {
        String text = "[" + payload.text() + "]";
        try (JsonParser parser = PAYLOADS.createParser(text)) {
            return new JsonMessageReader(parser, text).parts();
        } catch (IOException notJson) {
            throw new IllegalArgumentException(
                    "a payload is not well-formed JSON, or nested deeper than " + MAX_DEPTH_OF_THE_APPLICATION);
        }
    }

    @Override
    public String subprotocol() {
        return "wamp.2.json";
    }

    @Override
    public Message decode(Frame frame) {
        if (!(frame instanceof Frame.Text text)) {
            throw new ProtocolViolation("wamp.2.json is spoken in text frames, this one is binary");
        }
        try (JsonParser parser = factory.createParser(text.text())) {
            return new JsonMessageReader(parser, text.text()).message();
        } catch (IOException notJson) {
            // Jackson's own text quotes the input: it stays here.
            throw new ProtocolViolation("not well-formed JSON, nested deeper than " + MAX_DEPTH
                    + ", or with a number of more than " + MAX_DIGITS + " digits");
        }
    }

    @Override
    public Frame encode(Message message) {
        return new Frame.Text(list(message.payload(), generator -> {
            generator.writeNumber(message.code().code());
            message.write(new JsonMessageWriter(generator));
        }));
    }

    @Override
    public Payload translate(Payload payload) {
        if (payload instanceof Payload.Json || payload.equals(Payload.NONE)) {
            return payload;
        }
        String list = text(payload);
        return new Payload.Json(list.substring(1, list.length() - 1));
    }

    /** The payload's parts, none to two, as a JSON array: for who looks at them as JSON, whatever they came as. */
    String text(Payload payload) {
        return list(payload, generator -> new JsonMessageWriter(generator).payload(payload));
    }

    String text(Dict dict) {
        String inAList = list(Payload.NONE, generator -> new JsonMessageWriter(generator).dict(dict));
        return inAList.substring(1, inAList.length() - 1);
    }

    Dict dict(String text) {
        try (JsonParser parser = PAYLOADS.createParser(text)) {
            return new JsonMessageReader(parser, text).dict("the text");
        } catch (IOException | UncheckedIOException | ProtocolViolation notADict) {
            throw new IllegalArgumentException("a dict is not a well-formed JSON object");
        }
    }

    private String list(Payload payload, Elements elements) {
        StringWriter text = new StringWriter(ESTIMATED_HEADER_SIZE + payload.size());
        try (JsonGenerator generator = factory.createGenerator(text)) {
            generator.writeStartArray();
            elements.write(generator);
            generator.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a StringWriter does not fail", impossible);
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Elements {
        void write(JsonGenerator generator) throws IOException;
    }
}
