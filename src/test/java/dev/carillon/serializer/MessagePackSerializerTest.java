package dev.carillon.serializer;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.ProtocolViolation;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Subscribe;
import dev.carillon.protocol.Uri;
import java.util.Base64;
import java.util.HexFormat;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Basic Profile, "Serializers". The bytes are written by hand from the specification of MessagePack. */
class MessagePackSerializerTest {

    /** {@code [PUBLISH, 1, {}, "a", ...}, without the head of the list. */
    private static final String PUBLISH = "100180a161";

    private final Serializer messagePack = Serializer.of("wamp.2.msgpack").orElseThrow();
    private final Serializer json = Serializer.of("wamp.2.json").orElseThrow();

    @Test
    void aMessageIsReadIntoItsElements() {
        assertThat(decode("94 20 ce2a88a661 81a56d61746368a56578616374 a161"))
                .isEqualTo(new Subscribe(new RequestId(0x2a88a661), Dict.of("match", "exact"), new Uri("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "90", // []
                "80", // {}
                "c0", // null
                "10", // 16
                "c1", // never used
                "91ff", // [-1]
                "9107", // [7]
                "91cfffffffffffffffff", // [2^64-1]
                "922001", // too short
                "93200180",
                "95200180a16190", // too long
                "94200190a161", // options: a list
                "942001c0a161", // options: null
                "9420018011", // topic: 17
                "94200180c40161", // topic: binary
                "94200180c0", // topic: null
                "9420a13180a161", // request: "1"
                "94200080a161", // request: 0
                "9420ff80a161", // request: -1
                "9420ca3f80000080a161", // request: 1.0
                "9420cb3ff000000000000080a161", // request: 1.0
                "9420cf002000000000000180a161", // request: 2^53+1
                "9420cfffffffffffffffff80a161", // request: 2^64-1
                "9420c380a161", // request: true
                "94200180a16100", // something follows
                "94200180a16194200280a161", // another message follows
                "95" + PUBLISH + "80", // arguments: {}
                "95" + PUBLISH + "a178", // arguments: "x"
                "95" + PUBLISH + "c0", // arguments: null
                "96" + PUBLISH + "9090", // keyword arguments: []
                "96" + PUBLISH + "90c0", // keyword arguments: null
                "97" + PUBLISH + "908080",
                "95" + PUBLISH + "91a2c328", // not UTF-8
                "95" + PUBLISH + "91a2c080", // an overlong form
                "95" + PUBLISH + "91a3eda080", // a surrogate
                "95" + PUBLISH + "91a4f4908080", // above U+10FFFF
                "95" + PUBLISH + "91d901ff",
                "95" + PUBLISH + "9181a1ff01", // a key that is not UTF-8
                "95" + PUBLISH + "91810101", // a key that is a number
                "95" + PUBLISH + "9181c4016101", // a key that is binary
                "95" + PUBLISH + "9181c001", // a key that is null
                "96" + PUBLISH + "90810101",
                "95" + PUBLISH + "91c1", // never used
                "95" + PUBLISH + "91d401", // an extension without its content
                "95" + PUBLISH + "91d4",
                "930680a17890"
            })
    void whatIsNotAMessageIsAViolation(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ddffffffff", // a list of 2^32-1
                "dd7fffffff",
                "dcffff",
                "dfffffffff",
                "df7fffffff",
                "deffff",
                "dbffffffff",
                "db7fffffff",
                "daffff",
                "c6ffffffff",
                "c67fffffff",
                "c5ffff",
                "c9ffffffff01",
                "c97fffffff01",
                "d801"
            })
    void aLengthThatExceedsTheMessageIsAViolation(String head) {
        for (String hex : new String[] {head, "95" + PUBLISH + head, "95" + PUBLISH + "91" + head}) {
            assertThatThrownBy(() -> decode(hex)).isInstanceOf(ProtocolViolation.class);
        }
        assertThatThrownBy(() -> decode("94200181a16b" + head + "a161")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void whatIsAnnouncedIsNotAllocatedBeforeItIsThere() {
        String zeros = "00".repeat(8 << 20);
        String lists = "dd00700000".repeat(254); // in each other, each as long as the rest of the message at most
        assertThatThrownBy(() -> decode("94200181a16b" + lists + zeros)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"91", "dc0001", "81a16b"})
    void depthIsLimitedEverywhere(String level) {
        for (int depth : new int[] {257, 100_000}) {
            String bomb = level.repeat(depth);
            assertThatThrownBy(() -> decode("95" + PUBLISH + "91" + bomb)).hasMessageContaining("256");
            assertThatThrownBy(() -> decode("96" + PUBLISH + "9081a16b" + bomb)).hasMessageContaining("256");
            assertThatThrownBy(() -> decode("94200181a16b" + bomb)).hasMessageContaining("256");
        }
        assertThat(decode("95" + PUBLISH + "91".repeat(255) + "00")).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00 | 0",
                "7f | 127",
                "cc07 | 7", // longer than it needs to be
                "cc80 | 128",
                "cdffff | 65535",
                "ceffffffff | 4294967295",
                "cf0020000000000001 | 9007199254740993",
                "cfffffffffffffffff | 18446744073709551615",
                "ff | -1",
                "e0 | -32",
                "d080 | -128",
                "d18000 | -32768",
                "d280000000 | -2147483648",
                "d38000000000000000 | -9223372036854775808",
                "ca47c35000 | 100000.0",
                "cb3ff0000000000000 | 1.0",
                "cb3ff199999999999a | 1.1",
                "cb8000000000000000 | -0.0",
                "ca7f800000 | null", // infinity
                "cb7ff8000000000000 | null", // not a number
                "c2 | false",
                "c3 | true",
                "c0 | null",
                "a161 | 'a'",
                "a2c3a4 | 'ä'",
                "d90161 | 'a'",
                "da000161 | 'a'",
                "db0000000161 | 'a'",
                "c403010203 | '\\u0000AQID'",
                "c50003010203 | '\\u0000AQID'",
                "c600000003010203 | '\\u0000AQID'",
                "c400 | '\\u0000'",
                "d6ff514b67b0 | '\\u0000UUtnsA=='", // an extension: a time
                "d40000 | null", // undefined, as JavaScript's libraries have it
                "d40001 | '\\u0000AQ=='",
                "d40100 | '\\u0000AA=='",
                "c70305010203 | '\\u0000AQID'",
                "90 | []",
                "dc00020102 | [1,2]",
                "dd0000000101 | [1]",
                "80 | {}",
                "de0001a16101 | {'a':1}",
                "df00000001a16101 | {'a':1}",
                "82a162c0a16180 | {'b':null,'a':{}}"
            })
    void aValueIsUnderstood(String hex, String value) {
        assertThat(transcoded("95" + PUBLISH + "91" + hex))
                .isEqualTo("[16,1,{},\"a\",[" + value.replace('\'', '"') + "]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | 00",
                "127 | 7f",
                "128 | cc80",
                "256 | cd0100",
                "65536 | ce00010000",
                "4294967296 | cf0000000100000000",
                "9007199254740993 | cf0020000000000001",
                "18446744073709551615 | cfffffffffffffffff",
                "18446744073709551616 | b43138343436373434303733373039353531363136", // its digits
                "-1 | ff",
                "-32 | e0",
                "-33 | d0df",
                "-129 | d1ff7f",
                "-32769 | d2ffff7fff",
                "-2147483649 | d3ffffffff7fffffff",
                "-9223372036854775808 | d38000000000000000",
                "-9223372036854775809 | b42d39323233333732303336383534373735383039", // its digits
                "1.0 | cb3ff0000000000000",
                "-0.0 | cb8000000000000000",
                "2.50 | cb4004000000000000",
                "1e400 | cb7ff0000000000000",
                "true | c3",
                "false | c2",
                "null | c0",
                "'ä' | a2c3a4",
                "'\\ud800' | a13f",
                "'\\u0000AQID' | c403010203",
                "'\\u0000AQI=' | c4020102",
                "'\\u0000' | c400",
                "'\\u0000no base64' | aa006e6f20626173653634",
                "[] | 90",
                "[[],{}] | 929080",
                "{'a':1,'b':{}} | 82a16101a16280"
            })
    void aValueIsWritten(String value, String hex) {
        assertThat(written("[16,1,{},\"a\",[" + value.replace('\'', '"') + "]]"))
                .isEqualTo("95" + PUBLISH + "91" + hex.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 15, 16, 31, 32, 255, 256, 65_535, 65_536})
    void lengthsOfAllSizesAreWritten(int length) {
        String text = "x".repeat(length);
        String binary = Base64.getEncoder().encodeToString(new byte[length]);
        String list = "[" + "0,".repeat(length) + "0]";
        String map = IntStream.range(0, length).mapToObj(i -> "\"" + i + "\":0").collect(joining(",", "{", "}"));
        String message = "[16,1,{},\"a\",[\"" + text + "\",\"\\u0000" + binary + "\"," + list + "," + map + "],{}]";
        assertThat(transcoded(written(message))).isEqualTo(message);
    }

    private Message decode(String hex) {
        return messagePack.decode(new Frame.Binary(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private String transcoded(String hex) {
        return ((Frame.Text) json.encode(decode(hex))).text();
    }

    private String written(String text) {
        Frame frame = messagePack.encode(json.decode(new Frame.Text(text)));
        return HexFormat.of().formatHex(((Frame.Binary) frame).bytes());
    }
}
