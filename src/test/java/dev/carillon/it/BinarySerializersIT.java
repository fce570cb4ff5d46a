package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code carillon.war} in open mode, as those see it who speak CBOR and MessagePack. */
class BinarySerializersIT {

    private static final int PORT_OFFSET = 3150;
    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();
    private static final Serializer CBOR = Serializer.of("wamp.2.cbor").orElseThrow();
    private static final Serializer MESSAGE_PACK =
            Serializer.of("wamp.2.msgpack").orElseThrow();

    private static WildFlyServer server;
    private static URI endpoint;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start(
                "binary-serializers",
                Path.of("target/carillon.war"),
                PORT_OFFSET,
                Map.of("carillon.open", "true", "carillon.message.max-size", "1000000"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    static Stream<Serializer> binary() {
        return Stream.of(CBOR, MESSAGE_PACK);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "wamp.2.cbor",
                "wamp.2.msgpack",
                "wamp.2.msgpack, wamp.2.json",
                "wamp.2.json, wamp.2.msgpack",
                "wamp.2.flatbuffers, wamp.2.cbor, wamp.2.msgpack, wamp.2.json"
            })
    void theFirstOfTheClientsSubprotocolsThatTheServerKnowsIsChosen(String offered) {
        String first = offered.replace("wamp.2.flatbuffers, ", "").split(",")[0];
        try (RawWebSocket socket = RawWebSocket.open(endpoint, Map.of("Sec-WebSocket-Protocol", offered))) {
            assertThat(socket.header("Sec-WebSocket-Protocol")).isEqualTo(first);
        }
    }

    @Test
    void whatOnePublishesTheOthersSeeInTheirOwnSerializer() {
        try (RawWebSocket cbor = join(CBOR);
                RawWebSocket messagePack = join(MESSAGE_PACK);
                RawWebSocket json = join(JSON);
                RawWebSocket publisher = join(CBOR)) {
            says(cbor, CBOR, "[32,1,{},\"it.binary\"]");
            says(messagePack, MESSAGE_PACK, "[32,1,{},\"it.binary\"]");
            says(json, JSON, "[32,1,{},\"it.binary\"]");
            assertThat(hears(cbor, CBOR)).startsWith("[33,1,");
            assertThat(hears(messagePack, MESSAGE_PACK)).startsWith("[33,1,");
            assertThat(hears(json, JSON)).startsWith("[33,1,");
            // 2^53+1, 2^64, three bytes, 1.5 as a half float
            String arguments = "84 1b0020000000000001 c249010000000000000000 43010203 f93e00";
            publisher.sends(RawWebSocket.BINARY, true, bytes("85 10 01 a0 69 69742e62696e617279" + arguments));
            assertThat(HexFormat.of().formatHex(cbor.receives().payload())).endsWith(arguments.replace(" ", ""));
            assertThat(hears(messagePack, MESSAGE_PACK))
                    .endsWith(",{},[9007199254740993,\"18446744073709551616\",\"\\u0000AQID\",1.5]]");
            assertThat(hears(json, JSON)).endsWith(",{},[9007199254740993,18446744073709551616,\"\\u0000AQID\",1.5]]");
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void aMessageMayComeInFragmentsAndBeLong(Serializer serializer) {
        String text = "ä\uD83D\uDE00".repeat(100_000);
        byte[] message =
                bytes(serializer, "[16,1,{\"acknowledge\":true,\"exclude_me\":false},\"it.long\",[\"" + text + "\"]]");
        try (RawWebSocket socket = join(serializer)) {
            says(socket, serializer, "[32,1,{},\"it.long\"]");
            assertThat(hears(socket, serializer)).startsWith("[33,1,");
            int cut = message.length / 2 + 1;
            socket.sends(RawWebSocket.BINARY, false, Arrays.copyOf(message, cut));
            socket.sends(RawWebSocket.PING, true, new byte[] {7});
            socket.sends(RawWebSocket.CONTINUATION, true, Arrays.copyOfRange(message, cut, message.length));
            assertThat(socket.receives().opcode()).isEqualTo(RawWebSocket.PONG);
            assertThat(hears(socket, serializer)).startsWith("[36,").endsWith("[\"" + text + "\"]]");
            assertThat(hears(socket, serializer)).startsWith("[17,1,");
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void aTextFrameIsAViolation(Serializer serializer) {
        try (RawWebSocket socket = join(serializer)) {
            socket.says("[32,1,{},'it.text']");
            isAborted(socket, serializer);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "00", // not a list
                "84 1820 01 a0 6161 00", // something follows
                "84 1820 01 a0 62c328", // not UTF-8
                "85 10 01 a0 6161 81 61ff", // not UTF-8, in the payload
                "85 10 01 a0 6161 81 a10101", // a key that is a number
                "85 10 01 a0 6161 9b7fffffffffffffff", // more than there is
                "84 1820 f93c00 a0 6161" // 1.0 as a request id
            })
    void aViolationIsAbortedAndClosed(String cbor) {
        try (RawWebSocket socket = join(CBOR)) {
            socket.sends(RawWebSocket.BINARY, true, bytes(cbor));
            isAborted(socket, CBOR);
        }
    }

    @Test
    void aDepthBombIsAViolationAndNobodyElseNotices() {
        byte[] bomb = new byte[900_000];
        Arrays.fill(bomb, (byte) 0x91);
        try (RawWebSocket socket = join(MESSAGE_PACK);
                RawWebSocket other = join(MESSAGE_PACK)) {
            byte[] publish = bytes("95 10 01 80 a161");
            byte[] message = Arrays.copyOf(publish, publish.length + bomb.length);
            System.arraycopy(bomb, 0, message, publish.length, bomb.length);
            socket.sends(RawWebSocket.BINARY, true, message);
            isAborted(socket, MESSAGE_PACK);
            says(other, MESSAGE_PACK, "[32,1,{},\"it.bomb\"]");
            assertThat(hears(other, MESSAGE_PACK)).startsWith("[33,1,");
        }
    }

    private static RawWebSocket join(Serializer serializer) {
        RawWebSocket socket = RawWebSocket.open(endpoint, Map.of("Sec-WebSocket-Protocol", serializer.subprotocol()));
        says(socket, serializer, "[1,\"realm1\",{\"roles\":{\"subscriber\":{},\"publisher\":{}}}]");
        assertThat(hears(socket, serializer)).startsWith("[2,");
        return socket;
    }

    private static void says(RawWebSocket socket, Serializer serializer, String json) {
        socket.sends(serializer == JSON ? RawWebSocket.TEXT : RawWebSocket.BINARY, true, bytes(serializer, json));
    }

    private static String hears(RawWebSocket socket, Serializer serializer) {
        RawWebSocket.Frame frame = socket.receives();
        assertThat(frame.opcode())
                .as("opcode of %s", frame)
                .isEqualTo(serializer == JSON ? RawWebSocket.TEXT : RawWebSocket.BINARY);
        return serializer == JSON
                ? frame.text()
                : ((Frame.Text) JSON.encode(serializer.decode(new Frame.Binary(frame.payload())))).text();
    }

    private static void isAborted(RawWebSocket socket, Serializer serializer) {
        assertThat(hears(socket, serializer)).startsWith("[3,").endsWith(",\"wamp.error.protocol_violation\"]");
        socket.isClosedWith(1002);
    }

    private static byte[] bytes(Serializer serializer, String json) {
        Frame frame = new Frame.Text(json);
        if (serializer == JSON) {
            return json.getBytes(StandardCharsets.UTF_8);
        }
        return ((Frame.Binary) serializer.encode(JSON.decode(frame))).bytes();
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
