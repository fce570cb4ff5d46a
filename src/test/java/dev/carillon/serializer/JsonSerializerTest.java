package dev.carillon.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.MessageCode;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.Publish;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Uri;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic Profile, "Serializers" and "Message Definitions". */
class JsonSerializerTest {

    private final Serializer json = Serializer.of("wamp.2.json").orElseThrow();

    @Test
    void aMessageIsReadIntoItsElements() {
        assertThat(decode("[32, 713845233, {\"match\": \"exact\"}, \"com.myapp.mytopic1\"]"))
                .isEqualTo(new Subscribe(
                        new RequestId(713845233), Dict.of("match", "exact"), new Uri("com.myapp.mytopic1")));
    }

    @Test
    void aPayloadIsCutOutAsItStands() {
        Publish publish = (Publish) decode("[16,1,{},\"a\", [1, 2.0, {\"x\" : \"]\"}] , {\"k\":[]} ]");
        assertThat(publish.payload()).isEqualTo(new Payload.Json("[1, 2.0, {\"x\" : \"]\"}] , {\"k\":[]}"));
        assertThat(encode(publish)).isEqualTo("[16,1,{},\"a\",[1, 2.0, {\"x\" : \"]\"}] , {\"k\":[]}]");
    }

    @Test
    void aLongMessageIsCutAtTheRightPlacesToo() {
        String argument = "\"" + "äx\uD83D\uDE00".repeat(50_000) + "\"";
        Publish publish = (Publish) decode("[16,1,{},\"a\",[" + argument + "],{}]");
        assertThat(publish.payload()).isEqualTo(new Payload.Json("[" + argument + "],{}"));
    }

    @Test
    void valuesOfOptionsKeepTheirTypes() {
        Subscribe subscribe = (Subscribe)
                decode("[32,1,{\"a\":[1,null,{\"b\":true}],\"c\":-1.5,\"d\":123456789012345678901234567890},\"t\"]");
        assertThat(subscribe.options().entries().get("a")).isEqualTo(Arrays.asList(1L, null, Map.of("b", true)));
        assertThat(subscribe.options().entries().get("d")).isEqualTo(new BigInteger("123456789012345678901234567890"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[]",
                "{}",
                "null",
                "17",
                "\"x\"",
                "[null]",
                "[\"32\"]",
                "[32.0,1,{},\"a\"]",
                "[-1]",
                "[7]",
                "[99999999999999999999]",
                "[255,1,{}]",
                "[1000,1,{}]",
                "[32]",
                "[32,1]",
                "[32,1,{}]",
                "[32,1,{},\"a\",[]]",
                "[32,1,[],\"a\"]",
                "[32,1,null,\"a\"]",
                "[32,1,{},17]",
                "[32,1,{},null]",
                "[32,\"1\",{},\"a\"]",
                "[32,0,{},\"a\"]",
                "[32,-1,{},\"a\"]",
                "[32,1.0,{},\"a\"]",
                "[32,1e3,{},\"a\"]",
                "[32,true,{},\"a\"]",
                "[32,9007199254740993,{},\"a\"]",
                "[32,123456789012345678901234567890,{},\"a\"]",
                "[32,1,{},\"a\"",
                "[32,1,{},\"a\"]]",
                "[32,1,{},\"a\"] x",
                "[32,1,{},\"a\"][32,2,{},\"a\"]",
                "[32,01,{},\"a\"]",
                "[32,1,{a:1},\"a\"]",
                "[32,1,{'a':1},\"a\"]",
                "[32,1,{},\"a\",]",
                "[16,1,{},\"a\",{}]",
                "[16,1,{},\"a\",\"x\"]",
                "[16,1,{},\"a\",null]",
                "[16,1,{},\"a\",[],[]]",
                "[16,1,{},\"a\",[],null]",
                "[16,1,{},\"a\",[],{},{}]",
                "[16,1,{},\"a\",[NaN]]",
                "[16,1,{},\"a\",[1,]]",
                "[16,1,{},\"a\",[\"\\x\"]]",
                "[16,1,{},\"a\",[\"\t\"]]",
                "[16,1,{},\"a\",[}]",
                "[6,{},\"x\",[]]",
                "[32,1,{\"a\":1e2147483648},\"a\"]", // NumberFormatException of Jackson's, not an IOException
                "[32,1,{\"a\":10e2147483647},\"a\"]",
                "[32,1,{\"a\":\"\\ud800\"},\"a\"]",
                "[32,1,{\"\\udc00\":1},\"a\"]",
                "[32,1,{},\"a\\ud800b\"]",
                "[8,68,1,{},\"app.\\udfff\"]"
            })
    void whatIsNotAMessageIsAViolation(String text) {
        assertThatThrownBy(() -> decode(text)).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void theLargestIdIsLegal() {
        assertThat(decode("[32,9007199254740992,{},\"a\"]").code()).isEqualTo(MessageCode.SUBSCRIBE);
    }

    @Test
    void depthIsLimitedEverywhere() {
        String bomb = "[".repeat(10_000);
        for (String text : List.of(
                bomb,
                "[16,1,{},\"a\"," + bomb + "]".repeat(10_000) + "]",
                "[16,1,{},\"a\",[]," + "{\"a\":".repeat(10_000),
                "[32,1,{\"a\":" + bomb + "]".repeat(10_000) + "},\"a\"]")) {
            assertThatThrownBy(() -> decode(text)).isInstanceOf(ProtocolViolation.class);
        }
    }

    @Test
    void aSentenceForThePeerNeverQuotesItsPayload() {
        assertThatThrownBy(() -> decode("[16,1,{},\"a\",[secret]]"))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void binaryFramesAreNotJson() {
        assertThatThrownBy(() -> json.decode(new Frame.Binary(new byte[] {'[', ']'})))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void everyKindOfMessageSurvivesThereAndBack() {
        List<String> messages = List.of(
                "[1,\"realm1\",{\"roles\":{\"caller\":{}}}]",
                "[2,1,{\"x\":1}]",
                "[3,{},\"a.b\"]",
                "[4,\"ticket\",{}]",
                "[5,\"sesame\",{}]",
                "[6,{},\"a.b\"]",
                "[8,32,1,{},\"a.b\",[\"sentence\"],{\"k\":1}]",
                "[16,1,{},\"a.b\",[1]]",
                "[17,1,2]",
                "[32,1,{},\"a.b\"]",
                "[33,1,2]",
                "[34,1,2]",
                "[35,1]",
                "[36,1,2,{},[1],{}]",
                "[48,1,{},\"a.b\",[1]]",
                "[49,1,{}]",
                "[50,1,{},[1]]",
                "[64,1,{},\"a.b\"]",
                "[65,1,2]",
                "[66,1,2]",
                "[67,1]",
                "[68,1,2,{},[1]]",
                "[69,1,{}]",
                "[70,1,{},[1]]");
        messages.forEach(text -> assertThat(encode(decode(text))).isEqualTo(text));
        assertThat(messages.stream().map(text -> decode(text).code())).containsExactlyInAnyOrder(MessageCode.values());
    }

    @Test
    void whatTheRouterTakesAwayUnaskedHasRequestZeroAndDetails() {
        String revoked = "[67,0,{\"registration\":2,\"reason\":\"a.b\"}]";
        assertThat(encode(decode(revoked))).isEqualTo(revoked);
        assertThatThrownBy(() -> decode("[67,0]")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> decode("[67,1,{}]")).isInstanceOf(ProtocolViolation.class);
        assertThatThrownBy(() -> decode("[67,-1]")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void theVectorsOfTheWampProjectAreReadAndWrittenBack() {
        int read = 0;
        for (Vectors.Sample sample : Vectors.samples()) {
            for (byte[] form : sample.forms(json)) {
                String text = new String(form, StandardCharsets.UTF_8);
                assertThat(withoutSpace(encode(decode(text)))).isEqualTo(withoutSpace(text));
                read++;
            }
        }
        assertThat(read).isGreaterThan(20);
    }

    private Message decode(String text) {
        return json.decode(new Frame.Text(text));
    }

    private String encode(Message message) {
        return ((Frame.Text) json.encode(message)).text();
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
