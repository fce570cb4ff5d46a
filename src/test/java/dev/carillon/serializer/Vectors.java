package dev.carillon.serializer;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.carillon.protocol.MessageCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The message vectors of the WAMP project, which lie beside this project where they are at all. */
final class Vectors {

    private static final Path FOLDER = Path.of("../shared/vectors/singlemessage");

    /** One message in the forms that it may take, by the serializers' short names such as {@code cbor}. */
    record Sample(MessageCode code, Map<String, List<byte[]>> forms) {

        List<byte[]> forms(Serializer serializer) {
            return forms.getOrDefault(serializer.subprotocol().replace("wamp.2.", ""), List.of());
        }
    }

    private Vectors() {}

    /** The samples of messages that Carillon knows; skips the test where there are none. */
    static List<Sample> samples() {
        assumeThat(FOLDER).as("the WAMP project's message vectors").isDirectory();
        List<Sample> samples = new ArrayList<>();
        try (Stream<Path> files = Files.walk(FOLDER)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                read(Files.readString(file), samples);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return samples;
    }

    private static void read(String file, List<Sample> samples) throws IOException {
        List<Map<String, List<byte[]>>> found = new ArrayList<>();
        int code = -1;
        try (JsonParser parser = new JsonFactory().createParser(file)) {
            String serializer = "";
            while (parser.nextToken() != null) {
                if (parser.currentToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    JsonToken value = parser.nextToken();
                    if (name.equals("wamp_message_code")) {
                        code = parser.getIntValue();
                    } else if (name.equals("serializers")) {
                        found.add(new HashMap<>());
                    } else if (name.equals("bytes_hex")) {
                        found.get(found.size() - 1)
                                .computeIfAbsent(serializer, any -> new ArrayList<>())
                                .add(HexFormat.of().parseHex(parser.getText()));
                    } else if (value == JsonToken.START_ARRAY) {
                        serializer = name;
                    }
                }
            }
        }
        for (MessageCode known : MessageCode.values()) {
            if (known.code() == code) {
                found.stream()
                        .filter(forms -> !isPayloadTransparency(forms))
                        .forEach(forms -> samples.add(new Sample(known, forms)));
            }
        }
    }

    /** Crossbar's older form of payload passthru: a string in place of the list of arguments. */
    private static boolean isPayloadTransparency(Map<String, List<byte[]>> forms) {
        return forms.get("json").stream()
                .anyMatch(json -> new String(json, StandardCharsets.UTF_8).contains("enc_algo"));
    }
}
