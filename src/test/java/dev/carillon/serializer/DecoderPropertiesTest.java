package dev.carillon.serializer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.carillon.protocol.Message;
import dev.carillon.protocol.ProtocolViolation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple2;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever a frame holds, every decoder makes a message of it that survives there and back, or says that the protocol is
 * violated; nothing else, soon, and without a word of the payload.
 */
class DecoderPropertiesTest {

    /** Stands in payloads, and so must never stand in a sentence. */
    private static final String SECRET = "SWORDFISH";

    /** For the largest of these frames, on a busy machine; a decoder needs less than a millisecond. */
    private static final Duration SOON = Duration.ofSeconds(2);

    @Property
    void whatIsEncodedIsDecodedAndComesOutTheSameAgain(
            @ForAll("serializers") Serializer serializer, @ForAll("messages") Message message) {
        Frame frame = serializer.encode(message);
        Message decoded = serializer.decode(throughTheNetwork(frame));
        assertThat(decoded.code()).isEqualTo(message.code());
        assertThat(content(serializer.encode(decoded))).isEqualTo(content(frame));
    }

    @Property
    void anyBytesAreAMessageOrAViolation(@ForAll("serializers") Serializer serializer, @ForAll byte[] bytes) {
        isAMessageOrAViolation(serializer, new Frame.Binary(bytes));
        isAMessageOrAViolation(serializer, new Frame.Text(new String(bytes, StandardCharsets.UTF_8)));
    }

    @Property
    void anyTextIsAMessageOrAViolation(@ForAll("serializers") Serializer serializer, @ForAll("jsonish") String text) {
        isAMessageOrAViolation(serializer, new Frame.Text(text));
    }

    @Property
    void aTruncatedMessageIsAViolation(
            @ForAll("serializers") Serializer serializer,
            @ForAll("messages") Message message,
            @ForAll @IntRange(max = 10_000) int length) {
        byte[] bytes = content(serializer.encode(message));
        byte[] part = Arrays.copyOf(bytes, length % bytes.length);
        assertThat(violation(serializer, like(serializer, part)))
                .as("the sentence about a message that was cut")
                .isNotEmpty();
    }

    @Property
    void bytesBehindTheMessageAreAViolation(
            @ForAll("serializers") Serializer serializer, @ForAll("messages") Message message, @ForAll byte more) {
        byte[] bytes = content(serializer.encode(message));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = more;
        boolean isSpace = more == ' ' || more == '\t' || more == '\n' || more == '\r';
        if (!isSpace || isBinary(serializer)) {
            assertThat(violation(serializer, like(serializer, longer))).isNotEmpty();
        }
    }

    @Property
    void aMutatedMessageIsAMessageOrAViolation(
            @ForAll("serializers") Serializer serializer,
            @ForAll("messages") Message message,
            @ForAll("mutations") Consumer<byte[]> mutation) {
        byte[] bytes = content(serializer.encode(message));
        mutation.accept(bytes);
        isAMessageOrAViolation(serializer, like(serializer, bytes));
    }

    @Property
    void twoMessagesGluedTogetherAreAMessageOrAViolation(
            @ForAll("serializers") Serializer serializer,
            @ForAll("messages") Message one,
            @ForAll("messages") Message other,
            @ForAll @IntRange(max = 10_000) int first,
            @ForAll @IntRange(max = 10_000) int second) {
        byte[] head = content(serializer.encode(one));
        byte[] tail = content(serializer.encode(other));
        int headLength = first % head.length;
        int tailStart = second % tail.length;
        byte[] glued = Arrays.copyOf(head, headLength + tail.length - tailStart);
        System.arraycopy(tail, tailStart, glued, headLength, tail.length - tailStart);
        isAMessageOrAViolation(serializer, like(serializer, glued));
    }

    @Property(tries = 100)
    void depthAndSizeAreNoWeapons(
            @ForAll("serializers") Serializer serializer, @ForAll("bombs") Tuple2<String, Integer> bomb) {
        String many = bomb.get1().repeat(bomb.get2());
        for (String text : new String[] {
            many,
            "[16,1,{},\"a\",[" + many,
            "[16,1,{},\"a\",[" + many + "]]",
            "[16,1,{},\"a\",[],{\"k\":" + many + "}]",
            "[32,1,{\"k\":" + many + "},\"a\"]",
            "[32," + many + ",{},\"a\"]",
            "[32,1,{},\"" + many + "\"]",
            "[32,1,{\"" + many + "\":1},\"a\"]"
        }) {
            isAMessageOrAViolation(serializer, new Frame.Text(text));
            isAMessageOrAViolation(serializer, new Frame.Binary(text.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    @Property
    void numbersOfAnySizeAreRelayedExactlyOrRefused(
            @ForAll("serializers") Serializer serializer, @ForAll("numbers") String number) {
        isAMessageOrAViolation(serializer, new Frame.Text("[16,1,{},\"a\",[" + number + "]]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[32,1,{\"k\":" + number + "},\"a\"]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[32," + number + ",{},\"a\"]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[" + number + ",1,{},\"a\"]"));
    }

    @Property
    void halfSurrogatesNeverReachAnotherPeer(
            @ForAll("serializers") Serializer serializer, @ForAll("escapes") String escapes) {
        isAMessageOrAViolation(serializer, new Frame.Text("[16,1,{},\"a\",[\"" + escapes + "\"]]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[32,1,{\"k\":\"" + escapes + "\"},\"a\"]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[32,1,{\"" + escapes + "\":[1]},\"a\"]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[32,1,{},\"" + escapes + "\"]"));
        isAMessageOrAViolation(serializer, new Frame.Text("[8,68,1,{},\"" + escapes + "\",[]]"));
    }

    private static void isAMessageOrAViolation(Serializer serializer, Frame frame) {
        long start = System.nanoTime();
        try {
            Message message = serializer.decode(frame);
            Frame again = serializer.encode(message);
            assertThat(throughTheNetwork(again))
                    .as("what leaves is what arrives")
                    .isEqualTo(again);
            Message same = serializer.decode(throughTheNetwork(again));
            assertThat(same.code()).isEqualTo(message.code());
            assertThat(content(serializer.encode(same))).isEqualTo(content(again));
        } catch (ProtocolViolation violation) {
            assertThatCode(() -> serializer.decode(frame)) // and not from the way back
                    .isInstanceOf(ProtocolViolation.class);
            requireDiscreet(violation);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
    }

    /** What it says about a frame that is not a message. */
    private static String violation(Serializer serializer, Frame frame) {
        try {
            serializer.decode(frame);
            return "";
        } catch (ProtocolViolation violation) {
            requireDiscreet(violation);
            return violation.sentence();
        }
    }

    private static void requireDiscreet(ProtocolViolation violation) {
        assertThat(violation.sentence()).doesNotContain(SECRET).hasSizeLessThan(200);
    }

    /** Text leaves as UTF-8 and comes as UTF-8, which has no half characters. */
    private static Frame throughTheNetwork(Frame frame) {
        return frame instanceof Frame.Text text
                ? new Frame.Text(new String(text.text().getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                : frame;
    }

    private static byte[] content(Frame frame) {
        return frame instanceof Frame.Binary binary
                ? binary.bytes().clone()
                : ((Frame.Text) frame).text().getBytes(StandardCharsets.UTF_8);
    }

    private static Frame like(Serializer serializer, byte[] bytes) {
        return isBinary(serializer)
                ? new Frame.Binary(bytes)
                : new Frame.Text(new String(bytes, StandardCharsets.UTF_8));
    }

    private static boolean isBinary(Serializer serializer) {
        return !serializer.subprotocol().endsWith("json");
    }

    @Provide
    Arbitrary<Serializer> serializers() {
        return Arbitraries.of(Serializer.ALL);
    }

    @Provide
    Arbitrary<Message> messages() {
        return AnyMessage.withIn(SECRET);
    }

    @Provide
    Arbitrary<String> jsonish() {
        Arbitrary<String> tokens = Arbitraries.of(
                "[",
                "]",
                "{",
                "}",
                ",",
                ":",
                "\"",
                "\"a\"",
                "1",
                "32",
                "16",
                "48",
                "null",
                "true",
                "-",
                "e",
                ".",
                " ",
                "\\",
                "\\u",
                "\\ud800",
                "\u0000",
                "\ufeff",
                "\u2028",
                "/*",
                "//",
                "#",
                "'",
                "NaN",
                "Infinity",
                "0x1");
        return Arbitraries.oneOf(
                tokens.list().ofMaxSize(30).map(list -> String.join("", list)),
                Arbitraries.strings().excludeChars('\ud800').map(DecoderPropertiesTest::withoutHalfCharacters),
                tokens.list().ofMaxSize(12).map(list -> "[16,1,{}," + String.join("", list)));
    }

    private static String withoutHalfCharacters(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Consumer<byte[]>> mutations() {
        return Combinators.combine(Arbitraries.integers().between(0, 100_000), Arbitraries.bytes())
                .as(Tuple::of)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4)
                .map(changes ->
                        bytes -> changes.forEach(change -> bytes[change.get1() % bytes.length] = change.get2()));
    }

    @Provide
    Arbitrary<Tuple2<String, Integer>> bombs() {
        return Combinators.combine(
                        Arbitraries.of(
                                "[",
                                "{\"a\":",
                                "[{\"a\":[",
                                "9",
                                "-",
                                "1e",
                                "\\",
                                "\"",
                                "\\u0000",
                                "[]",
                                "\u0081",
                                "\u0091",
                                "\u009f",
                                "\u00a1\u0000",
                                "\u00dd\u007f",
                                "\u00c1",
                                "\u00d8\u0040",
                                "x"),
                        Arbitraries.integers().between(1, 60_000))
                .as(Tuple::of);
    }

    @Provide
    Arbitrary<String> numbers() {
        Arbitrary<String> digits =
                Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(1200);
        Arbitrary<String> odd = Arbitraries.of(
                "1e400",
                "-0",
                "-0.0",
                "1E+2147483647",
                "1e2147483648",
                "1e-2147483649",
                "1e99999999999999999999",
                "9007199254740993",
                "18446744073709551616",
                "-9223372036854775809",
                "1.0",
                "32.0",
                "3.2e1",
                "00",
                "+1",
                "1.",
                ".1",
                "1e",
                "0e0",
                "1e-400");
        return Arbitraries.oneOf(
                odd,
                digits.map(text -> text.replaceFirst("^0+(?=.)", "")),
                Combinators.combine(digits, digits).as((a, b) -> "-1" + a + "." + b),
                Combinators.combine(digits, Arbitraries.integers()).as((a, b) -> "1" + a + "e" + b));
    }

    @Provide
    Arbitrary<String> escapes() {
        return Arbitraries.of(
                        "\\ud800",
                        "\\udc00",
                        "\\uDBFF",
                        "\\udfff",
                        "\\u0000",
                        "\\uffff",
                        "\\ufffe",
                        "\\ud83d\\ude00",
                        "a",
                        "\ud83d\ude00",
                        "\\u002",
                        "\\n")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(list -> String.join("", list));
    }
}
