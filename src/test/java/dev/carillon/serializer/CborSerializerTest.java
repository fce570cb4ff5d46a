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

/** RFC 8949; Basic Profile, "Serializers". The bytes are written by hand from that RFC. */
class CborSerializerTest {

    /** {@code [PUBLISH, 1, {}, "a", ...}, without the head of the list. */
    private static final String PUBLISH = "1001a06161";

    private final Serializer cbor = Serializer.of("wamp.2.cbor").orElseThrow();
    private final Serializer json = Serializer.of("wamp.2.json").orElseThrow();

    @Test
    void aMessageIsReadIntoItsElements() {
        assertThat(decode("84 1820 1a2a88a661 a1656d61746368656578616374 6161"))
                .isEqualTo(new Subscribe(new RequestId(0x2a88a661), Dict.of("match", "exact"), new Uri("a")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "80", // []
                "a0", // {}
                "f6", // null
                "10", // 16
                "8120", // [-1]
                "8107", // [7]
                "811bffffffffffffffff", // [2^64-1]
                "8118ff01a0", // more than announced, and an unknown type
                "82182001", // too short
                "83182001a0",
                "85182001a0616180", // too long
                "8418200180 6161", // options: a list
                "84182001f66161", // options: null
                "84182001a011", // topic: 17
                "84182001a04161", // topic: binary
                "84182001a0f6", // topic: null
                "84182061 31a06161", // request: "1"
                "84182000a06161", // request: 0
                "84182020a06161", // request: -1
                "841820f93c00a06161", // request: 1.0
                "841820fb3ff0000000000000a06161", // request: 1.0
                "841820c24101a06161", // request: a big integer that is 1
                "841820d90100 01a06161", // request: tagged
                "8418201b0020000000000001a06161", // request: 2^53+1
                "8418201bffffffffffffffffa06161", // request: 2^64-1
                "841820f5a06161", // request: true
                "84182001a0d8206161", // topic: tagged
                "d9d9f784182001a06161", // tagged as a whole
                "84182001a06161 00", // something follows
                "84182001a06161 84182002a06161", // another message follows
                "85" + PUBLISH + "a0", // arguments: {}
                "85" + PUBLISH + "6178", // arguments: "x"
                "85" + PUBLISH + "f6", // arguments: null
                "85" + PUBLISH + "c180", // arguments: tagged
                "86" + PUBLISH + "8080", // keyword arguments: []
                "86" + PUBLISH + "80f6", // keyword arguments: null
                "87" + PUBLISH + "80a0a0",
                "85" + PUBLISH + "8162c328", // not UTF-8
                "85" + PUBLISH + "8162c080", // an overlong form
                "85" + PUBLISH + "8163eda080", // a surrogate
                "85" + PUBLISH + "8164f4908080", // above U+10FFFF
                "85" + PUBLISH + "8161ff",
                "85" + PUBLISH + "81a161ff01", // a key that is not UTF-8
                "85" + PUBLISH + "81a10101", // a key that is a number
                "85" + PUBLISH + "81a1416101", // a key that is binary
                "85" + PUBLISH + "81a1f601", // a key that is null
                "86" + PUBLISH + "80a10101",
                "85" + PUBLISH + "81f0", // simple(16)
                "85" + PUBLISH + "81f820", // simple(32)
                "85" + PUBLISH + "81f8ff",
                "85" + PUBLISH + "81f814", // false in two bytes
                "85" + PUBLISH + "81fc", // reserved
                "85" + PUBLISH + "811c",
                "85" + PUBLISH + "813f", // an integer of indefinite length
                "85" + PUBLISH + "81ff", // an end of nothing
                "85" + PUBLISH + "81df01", // a tag of indefinite length
                "85" + PUBLISH + "81c1", // a tag of nothing
                "85" + PUBLISH + "81c201", // a big integer that is none
                "85" + PUBLISH + "81c25f4101ff",
                "85" + PUBLISH + "9f01", // without an end
                "85" + PUBLISH + "81bf616101", // without an end
                "85" + PUBLISH + "81bf6161ff", // a key without a value
                "85" + PUBLISH + "817f6161", // without an end
                "85" + PUBLISH + "817f4161ff", // binary within text
                "85" + PUBLISH + "817f7f6161ffff", // parts of parts
                "85" + PUBLISH + "817fc16161ff", // a tagged part
                "85" + PUBLISH + "817f61c361a4ff", // a character cut in two
                "9f182001a06161", // without an end
                "9f182001ff", // too short
                "9f182001a0616180ff", // too long
                "83 06a0 6178 80"
            })
    void whatIsNotAMessageIsAViolation(String hex) {
        assertThatThrownBy(() -> decode(hex)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9b7fffffffffffffff", // a list of 2^63-1
                "9bffffffffffffffff",
                "9a7fffffff",
                "bb7fffffffffffffff",
                "ba7fffffff",
                "7b7fffffffffffffff",
                "7a7fffffff",
                "5b7fffffffffffffff",
                "5a7fffffff",
                "c25a7fffffff"
            })
    void aLengthThatExceedsTheMessageIsAViolation(String head) {
        for (String hex : new String[] {head, "85" + PUBLISH + head, "85" + PUBLISH + "81" + head}) {
            assertThatThrownBy(() -> decode(hex)).isInstanceOf(ProtocolViolation.class);
        }
        assertThatThrownBy(() -> decode("84182001a1616b" + head + "6161")).isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void whatIsAnnouncedIsNotAllocatedBeforeItIsThere() {
        String zeros = "00".repeat(8 << 20);
        String lists = "9a00700000".repeat(254); // in each other, each as long as the rest of the message at most
        assertThatThrownBy(() -> decode("84182001a1616b" + lists + zeros)).isInstanceOf(ProtocolViolation.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"81", "9f", "a1616b", "bf616b", "d81881"})
    void depthIsLimitedEverywhere(String level) {
        for (int depth : new int[] {257, 100_000}) {
            String bomb = level.repeat(depth);
            assertThatThrownBy(() -> decode("85" + PUBLISH + "81" + bomb)).hasMessageContaining("256");
            assertThatThrownBy(() -> decode("86" + PUBLISH + "80a1616b" + bomb)).hasMessageContaining("256");
            assertThatThrownBy(() -> decode("84182001a1616b" + bomb)).hasMessageContaining("256");
        }
        assertThat(decode("85" + PUBLISH + "81".repeat(255) + "00")).isNotNull();
    }

    @Test
    void tagsBeforeAValueAreLimitedAsLevelsAre() {
        assertThat(transcoded("85" + PUBLISH + "81" + "c1".repeat(256) + "01")).isEqualTo("[16,1,{},\"a\",[1]]");
        assertThatThrownBy(() -> decode("85" + PUBLISH + "81" + "c1".repeat(257) + "01"))
                .isInstanceOf(ProtocolViolation.class)
                .hasMessageContaining("256");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "00 | 0",
                "17 | 23",
                "1817 | 23", // longer than it needs to be
                "1bffffffffffffffff | 18446744073709551615",
                "1b0020000000000001 | 9007199254740993",
                "20 | -1",
                "3b7fffffffffffffff | -9223372036854775808",
                "3b8000000000000000 | -9223372036854775809",
                "3bffffffffffffffff | -18446744073709551616",
                "c249010000000000000000 | 18446744073709551616",
                "c349010000000000000000 | -18446744073709551617",
                "c240 | 0",
                "f93c00 | 1.0",
                "f90001 | 5.9604644775390625E-8",
                "f97bff | 65504.0",
                "f9c400 | -4.0",
                "f97c00 | null", // infinity
                "f97e00 | null", // not a number
                "fa47c35000 | 100000.0",
                "fb3ff199999999999a | 1.1",
                "fb8000000000000000 | -0.0",
                "fbfff0000000000000 | null",
                "f4 | false",
                "f5 | true",
                "f6 | null",
                "f7 | null", // undefined
                "6161 | 'a'",
                "62c3a4 | 'ä'",
                "7f61616162ff | 'ab'",
                "43010203 | '\\u0000AQID'",
                "5f41014102ff | '\\u0000AQI='",
                "40 | '\\u0000'",
                "d84043010203 | '\\u0000AQID'", // an array of bytes
                "c11a514b67b0 | 1363896240", // a time
                "80 | []",
                "9fff | []",
                "9f0102ff | [1,2]",
                "bfff | {}",
                "bf616101ff | {'a':1}",
                "a26162f66161a0 | {'b':null,'a':{}}"
            })
    void aValueIsUnderstood(String hex, String value) {
        assertThat(transcoded("85" + PUBLISH + "81" + hex))
                .isEqualTo("[16,1,{},\"a\",[" + value.replace('\'', '"') + "]]");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 23, 24, 255, 256, 65_535, 65_536})
    void lengthsOfAllSizesAreWritten(int length) {
        String text = "x".repeat(length);
        String binary = Base64.getEncoder().encodeToString(new byte[length]);
        String list = "[" + "0,".repeat(length) + "0]";
        String map = IntStream.range(0, length).mapToObj(i -> "\"" + i + "\":0").collect(joining(",", "{", "}"));
        String message = "[16,1,{},\"a\",[\"" + text + "\",\"\\u0000" + binary + "\"," + list + "," + map + "],{}]";
        assertThat(transcoded(written(message))).isEqualTo(message);
    }

    @Test
    void bigIntegersEndWhereThoseOfJsonDo() {
        String largest = "9".repeat(999);
        String message = "[16,1,{},\"a\",[" + largest + ",-" + largest + "]]";
        assertThat(transcoded(written(message))).isEqualTo(message);
        assertThatThrownBy(() -> decode("85" + PUBLISH + "81c25901a0" + "ff".repeat(416)))
                .isInstanceOf(ProtocolViolation.class);
    }

    @Test
    void aMessageMayBeOfIndefiniteLength() {
        assertThat(transcoded("9f" + PUBLISH + "ff")).isEqualTo("[16,1,{},\"a\"]");
        assertThat(transcoded("9f" + PUBLISH + "80ff")).isEqualTo("[16,1,{},\"a\",[]]");
        assertThat(transcoded("9f" + PUBLISH + "9fffbfffff")).isEqualTo("[16,1,{},\"a\",[],{}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 | 00",
                "23 | 17",
                "24 | 1818",
                "255 | 18ff",
                "256 | 190100",
                "65536 | 1a00010000",
                "4294967295 | 1affffffff",
                "4294967296 | 1b0000000100000000",
                "9007199254740993 | 1b0020000000000001",
                "18446744073709551615 | 1bffffffffffffffff",
                "18446744073709551616 | c249010000000000000000",
                "4722366482869645213695 | c249ffffffffffffffffff", // no byte for a sign
                "-1 | 20",
                "-256 | 38ff",
                "-9223372036854775809 | 3b8000000000000000",
                "-18446744073709551616 | 3bffffffffffffffff",
                "-18446744073709551617 | c349010000000000000000",
                "1.0 | fb3ff0000000000000",
                "-0.0 | fb8000000000000000",
                "1e2 | fb4059000000000000",
                "2.50 | fb4004000000000000",
                "1e400 | fb7ff0000000000000",
                "true | f5",
                "false | f4",
                "null | f6",
                "'ä' | 62c3a4",
                "'\\ud800' | 613f",
                "'\\u0000AQID' | 43010203",
                "'\\u0000AQI=' | 420102",
                "'\\u0000' | 40",
                "'\\u0000no base64' | 6a006e6f20626173653634",
                "[] | 80",
                "[[],{}] | 8280a0",
                "{'a':1,'b':{}} | a26161016162a0"
            })
    void aValueIsWritten(String value, String hex) {
        assertThat(written("[16,1,{},\"a\",[" + value.replace('\'', '"') + "]]"))
                .isEqualTo("85" + PUBLISH + "81" + hex.replace(" ", ""));
    }

    private Message decode(String hex) {
        return cbor.decode(new Frame.Binary(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    private String transcoded(String hex) {
        return ((Frame.Text) json.encode(decode(hex))).text();
    }

    private String written(String text) {
        Frame frame = cbor.encode(json.decode(new Frame.Text(text)));
        return HexFormat.of().formatHex(((Frame.Binary) frame).bytes());
    }
}
