package dev.carillon.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.SubscriptionId;
import dev.carillon.transport.WampEndpoint;
import jakarta.websocket.server.ServerEndpoint;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for CBOR and MessagePack alike. Basic Profile, "Serializers". */
class BinarySerializersTest {

    private static final Serializer JSON = Serializer.of("wamp.2.json").orElseThrow();

    /** One message of each kind, and payloads of all shapes. */
    private static final List<String> MESSAGES = List.of(
            "[1,\"realm1\",{\"roles\":{\"caller\":{}}}]",
            "[2,1,{\"x\":1}]",
            "[3,{},\"a.b\"]",
            "[4,\"ticket\",{}]",
            "[5,\"sesame\",{}]",
            "[6,{},\"a.b\"]",
            "[8,32,1,{},\"a.b\",[\"sentence\"],{\"k\":1}]",
            "[16,1,{},\"a.b\"]",
            "[16,1,{},\"a.b\",[]]",
            "[16,1,{},\"a.b\",[],{}]",
            "[16,1,{},\"a.b\",[],{\"k\":[]}]",
            "[17,1,2]",
            "[32,1,{},\"a.b\"]",
            "[33,1,2]",
            "[34,1,2]",
            "[35,1]",
            "[36,1,9007199254740992,{},[1],{}]",
            "[48,1,{},\"a.b\",[1]]",
            "[49,1,{\"mode\":\"kill\"}]",
            "[50,1,{},[1]]",
            "[64,1,{},\"a.b\"]",
            "[65,1,2]",
            "[66,1,2]",
            "[67,1]",
            "[67,0,{\"registration\":2,\"reason\":\"a.b\"}]",
            "[68,1,2,{},[1]]",
            "[69,1,{}]",
            "[70,1,{},[1]]");

    static Stream<Serializer> binary() {
        return Serializer.ALL.stream().filter(serializer -> serializer != JSON);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void everyKindOfMessageSurvivesThereAndBack(Serializer binary) {
        for (String text : MESSAGES) {
            Message message = binary.decode(binary.encode(json(text)));
            assertThat(json(message)).isEqualTo(text);
            assertThat(bytes(binary.encode(message))).isEqualTo(bytes(binary.encode(json(text))));
        }
        assertThat(MESSAGES.stream().map(text -> json(text).code())).contains(MessageCode.values());
    }

    @ParameterizedTest
    @MethodSource("binary")
    void theVectorsOfTheWampProjectAreReadAndWrittenBack(Serializer binary) {
        int read = 0;
        for (Vectors.Sample sample : Vectors.samples()) {
            for (byte[] form : sample.forms(binary)) {
                Message message = binary.decode(new Frame.Binary(form));
                assertThat(message.code()).isEqualTo(sample.code());
                assertThat(hex(bytes(binary.encode(message)))).isEqualTo(hex(form));
                assertThat(sample.forms(JSON).stream()
                                .map(json -> withoutSpace(new String(json, StandardCharsets.UTF_8))))
                        .contains(withoutSpace(json(message)));
                read++;
            }
        }
        assertThat(read).isGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void aPayloadIsCutOutAndSplicedInAsItStands(Serializer binary) {
        Publish publish = (Publish) binary.decode(binary.encode(json("[16,1,{},\"a.b\",[1,\"x\"],{\"k\":[]}]")));
        Payload.Bytes slice = (Payload.Bytes) publish.payload();
        assertThat(slice.parts()).isEqualTo(2);
        Frame event = binary.encode(event(slice));
        assertThat(hex(bytes(event))).endsWith(hex(slice.bytes()));
        assertThat(binary.decode(event).payload()).isEqualTo(slice);
    }

    @ParameterizedTest
    @MethodSource("binary")
    void aMessageThatIsCutOffOrGoesOnIsAViolation(Serializer binary) {
        for (String text : MESSAGES) {
            byte[] whole = bytes(binary.encode(json(text)));
            for (int length = 0; length < whole.length; length++) {
                refuses(binary, Arrays.copyOf(whole, length));
            }
            refuses(binary, Arrays.copyOf(whole, whole.length + 1));
        }
    }

    @ParameterizedTest
    @MethodSource("binary")
    void textFramesAreNotBinary(Serializer binary) {
        assertThatThrownBy(() -> binary.decode(new Frame.Text("[32,1,{},\"a\"]")))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining(binary.subprotocol());
    }

    @ParameterizedTest
    @MethodSource("binary")
    void whatPassesTheReaderCanBeWrittenForEveryReceiver(Serializer binary) {
        long seed = 20261121;
        Random random = new Random(seed);
        byte[] valid =
                bytes(binary.encode(json("[16,1,{\"a\":{\"b\":[1,2.5]}},\"t\",[[\"ä\",1000,-5,null],{\"k\":true}],"
                        + "{\"l\":[-1e300,123456789012345678901234567890,\"\\u0000AAAA\"]}]")));
        int read = 0;
        for (int i = 0; i < 10_000; i++) {
            byte[] mutant = valid.clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                mutant[random.nextInt(mutant.length)] = (byte) random.nextInt();
            }
            Message message;
            try {
                message = binary.decode(new Frame.Binary(mutant));
            } catch (ProtocolViolation refused) {
                continue;
            }
            read++;
            for (Serializer other : Serializer.ALL) {
                Message again = other.decode(other.encode(message));
                assertThat(again.code()).as("seed %s, round %s", seed, i).isEqualTo(message.code());
            }
        }
        assertThat(read).isGreaterThan(500);
    }

    @Test
    void theEndpointOffersAllSerializers() {
        assertThat(WampEndpoint.class.getAnnotation(ServerEndpoint.class).subprotocols())
                .containsExactlyElementsOf(
                        Serializer.ALL.stream().map(Serializer::subprotocol).toList());
    }

    private static void refuses(Serializer serializer, byte[] bytes) {
        assertThatThrownBy(() -> serializer.decode(new Frame.Binary(bytes)))
                .as(hex(bytes))
                .isInstanceOf(ProtocolViolation.class);
    }

    private static Event event(Payload payload) {
        return new Event(new SubscriptionId(1), new PublicationId(2), Dict.EMPTY, payload);
    }

    private static Message json(String text) {
        return JSON.decode(new Frame.Text(text));
    }

    private static String json(Message message) {
        return ((Frame.Text) JSON.encode(message)).text();
    }

    private static byte[] bytes(Frame frame) {
        return ((Frame.Binary) frame).bytes();
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
