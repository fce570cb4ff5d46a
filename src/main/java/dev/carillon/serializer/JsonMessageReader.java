package dev.carillon.serializer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageReader;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one message from JSON text; the payload is skipped, which checks its form, and cut out as it stands. */
final class JsonMessageReader implements MessageReader {

    /** In a dict, whose numbers are read and written; near 2^31 what BigDecimal writes is not what it reads. */
    private static final long LARGEST_EXPONENT = 999_999_999;

    private final JsonParser parser;
    private final String source;
    private boolean inEnvelope =
            true; // dicts are passed on exactly or refused; a payload's values go to other serializers

    JsonMessageReader(JsonParser parser, String source) {
        this.parser = parser;
        this.source = source;
    }

    Message message() throws IOException {
        try {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new ProtocolViolation("a message is a JSON array");
            }
            Message message = Message.read(this);
            if (!(parser.currentToken() == JsonToken.END_ARRAY && atTopLevel())
                    && parser.nextToken() != JsonToken.END_ARRAY) {
                throw new ProtocolViolation(message.code() + " has more elements than it may have");
            }
            if (parser.nextToken() != null) {
                throw new ProtocolViolation("something follows the message");
            }
            return message;
        } catch (UncheckedIOException notJson) {
            throw notJson.getCause();
        }
    }

    @Override
    public long integer(String name) {
        expect(JsonToken.VALUE_NUMBER_INT, name, "an integer");
        try {
            if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
                throw new ProtocolViolation(name + " is too large");
            }
            return parser.getLongValue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String string(String name) {
        expect(JsonToken.VALUE_STRING, name, "a string");
        try {
            return whole(parser.getText());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Dict dict(String name) {
        expect(JsonToken.START_OBJECT, name, "a dict");
        Map<String, @Nullable Object> entries = object();
        return entries.isEmpty() ? Dict.EMPTY : new Dict(entries);
    }

    @Override
    public Payload payload() {
        try {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.END_ARRAY) {
                return Payload.NONE;
            }
            if (first != JsonToken.START_ARRAY) {
                throw new ProtocolViolation("Arguments must be a list");
            }
            int from = (int) parser.currentTokenLocation().getCharOffset();
            parser.skipChildren();
            int to = (int) parser.currentLocation().getCharOffset();
            JsonToken second = parser.nextToken();
            if (second == JsonToken.START_OBJECT) {
                parser.skipChildren();
                to = (int) parser.currentLocation().getCharOffset();
            } else if (second != JsonToken.END_ARRAY) {
                throw new ProtocolViolation("ArgumentsKw must be a dict");
            }
            return new Payload.Json(source.substring(from, to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All values of a payload's slice, which brackets make a list of: the arguments and, if present, the map. */
    List<@Nullable Object> parts() throws IOException {
        inEnvelope = false;
        parser.nextToken();
        return array();
    }

    private boolean atTopLevel() {
        return parser.getParsingContext().inRoot();
    }

    private void expect(JsonToken expected, String name, String inWords) {
        JsonToken token = next();
        if (token == JsonToken.END_ARRAY) {
            throw new ProtocolViolation("the message ends before " + name);
        }
        if (token != expected) {
            throw new ProtocolViolation(name + " must be " + inWords);
        }
    }

    private @Nullable JsonToken next() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, @Nullable Object> object() {
        try {
            Map<String, @Nullable Object> entries = new LinkedHashMap<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String key = whole(parser.currentName());
                parser.nextToken();
                entries.put(key, value());
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value at the current token; the depth of the recursion is limited by the factory. */
    private @Nullable Object value() throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object();
            case START_ARRAY -> array();
            case VALUE_STRING -> textOrBinary(whole(parser.getText()));
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case VALUE_NUMBER_INT ->
                parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? parser.getBigIntegerValue()
                        : (Object) parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> inEnvelope ? decimal() : (Object) parser.getDoubleValue();
            default -> throw new ProtocolViolation("not well-formed JSON");
        };
    }

    private List<@Nullable Object> array() throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value());
        }
        return elements;
    }

    /** {@code byte[]} for what {@link JsonMessageWriter#BINARY} begins, unless no Base64 follows: then it is text after all. */
    private static Object textOrBinary(String text) {
        if (!text.isEmpty() && text.charAt(0) == JsonMessageWriter.BINARY) {
            try {
                return Base64.getDecoder().decode(text.substring(1));
            } catch (IllegalArgumentException noBase64) {
                return text;
            }
        }
        return text;
    }

    private BigDecimal decimal() throws IOException {
        try {
            BigDecimal decimal = parser.getDecimalValue();
            if (Math.abs((long) decimal.scale()) <= LARGEST_EXPONENT) {
                return decimal;
            }
        } catch (NumberFormatException overflow) {
            // Well-formed JSON, as Jackson sees it, until somebody asks for the value; answered as below.
        }
        throw new ProtocolViolation("a number's exponent is too large");
    }

    /** An escape can name half of a surrogate pair, which no UTF-8 text can carry on to another peer. */
    private String whole(String text) {
        if (!inEnvelope) {
            return text; // the other serializers' writers have an answer to it
        }
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (i + 1 == text.length() || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
                    throw new ProtocolViolation("a string holds half a surrogate pair");
                }
                i++;
            }
        }
        return text;
    }
}
