package dev.carillon.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.support.Peer;
import dev.carillon.support.TestRouter;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that speak different serializers understand each other. Basic Profile, "Serializers". */
class TranscodingTest {

    private static final Serializer JSON = serializer("wamp.2.json");
    private static final Serializer CBOR = serializer("wamp.2.cbor");
    private static final Serializer MESSAGE_PACK = serializer("wamp.2.msgpack");

    /** Exact in every serializer. */
    private static final List<String> PAYLOADS = List.of(
            "",
            ",[]",
            ",[],{}",
            ",[],{\"k\":1}",
            ",[null,true,false,0,-1,23,24,-25,255,65536,4294967296]",
            ",[9007199254740993,-9007199254740993,9223372036854775807,-9223372036854775808,18446744073709551615]",
            ",[0.0,-0.0,1.0,-1.5,0.1,1.7976931348623157E308,4.9E-324]",
            ",[\"\",\"ä\uD83D\uDE00\",\"\\\"\\\\\\n\",\"not \\u0000 binary\"]",
            ",[\"\\u0000\",\"\\u0000AQID\",{\"b\":\"\\u0000/w==\"}]",
            ",[[],[[[]]],{},{\"a\":{\"b\":[{}]}}],{\"\":\"\",\"ä\":[1]}");

    private final TestRouter router = TestRouter.open();

    static Stream<Arguments> pairs() {
        return Serializer.ALL.stream().flatMap(from -> Serializer.ALL.stream().map(to -> Arguments.of(from, to)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void anEventSaysTheSameInEverySerializer(Serializer from, Serializer to) {
        Peer publisher = router.join(from);
        Peer subscriber = router.join(to).says("[32,1,{},'news']");
        subscriber.hears("[33,1,1]");
        for (String payload : PAYLOADS) {
            publisher
                    .saysExactly("[16,1,{},\"news\"" + payload + "]")
                    .hearsNothing()
                    .isOpen();
            assertThat(subscriber.hears()).startsWith("[36,1,").endsWith(",{}" + payload + "]");
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aCallItsResultAndItsErrorSayTheSameInEverySerializer(Serializer from, Serializer to) {
        Peer caller = router.join(from);
        Peer callee = router.join(to).says("[64,1,{},'add']");
        callee.hears("[65,1,1]");
        int invocation = 0;
        for (String payload : PAYLOADS) {
            caller.saysExactly("[48,1,{},\"add\"" + payload + "]");
            assertThat(callee.hears()).isEqualTo("[68," + ++invocation + ",1,{}" + payload + "]");
            callee.saysExactly("[70," + invocation + ",{}" + payload + "]");
            assertThat(caller.hears()).isEqualTo("[50,1,{}" + payload + "]");
            caller.saysExactly("[48,1,{},\"add\"]");
            callee.hears();
            callee.saysExactly("[8,68," + ++invocation + ",{\"x\":2.5},\"app.error\"" + payload + "]");
            assertThat(caller.hears()).isEqualTo("[8,48,1,{\"x\":2.5},\"app.error\"" + payload + "]");
        }
    }

    @Test
    void allReceiversOfASerializerShareOneEncoding() {
        Peer publisher = router.join(CBOR);
        for (Serializer serializer : Serializer.ALL) {
            Peer first = subscriber(serializer);
            Peer second = subscriber(serializer);
            publisher.says("[16,1,{},'news',['x']]");
            Frame frame = first.hearsFrame();
            assertThat(second.hearsFrame()).isSameAs(frame);
            assertThat(frame).isInstanceOf(serializer == JSON ? Frame.Text.class : Frame.Binary.class);
        }
    }

    @Test
    void whoSpeaksTheSameGetsTheBytesThatWereSentAndTheOthersTheirMeaning() {
        Peer cbor = subscriber(CBOR);
        Peer messagePack = subscriber(MESSAGE_PACK);
        Peer json = subscriber(JSON);
        // a time (tag 1) in a list of indefinite length; a small integer in 8 bytes, undefined, a half float
        String arguments = "9fc11a514b67b01b0000000000000007f7f93c00ff";
        router.join(CBOR).saysBinary(HexFormat.of().parseHex("851001a0646e657773" + arguments));
        assertThat(hex(cbor)).endsWith("a0" + arguments);
        assertThat(hex(messagePack)).endsWith("8094ce514b67b007c0cb3ff0000000000000");
        assertThat(json.hears()).endsWith(",{},[1363896240,7,null,1.0]]");
    }

    @Test
    void anIntegerThatMessagePackHasNoFormForArrivesAsItsDigits() {
        Peer messagePack = subscriber(MESSAGE_PACK);
        Peer cbor = subscriber(CBOR);
        router.join(JSON).says("[16,1,{},'news',[18446744073709551616,-9223372036854775809]]");
        assertThat(messagePack.hears()).endsWith(",{},[\"18446744073709551616\",\"-9223372036854775809\"]]");
        assertThat(cbor.hears()).endsWith(",{},[18446744073709551616,-9223372036854775809]]");
    }

    @Test
    void infinityAndWhatIsNoNumberAreNullInJsonAndArriveElsewhere() {
        Peer json = subscriber(JSON);
        Peer messagePack = subscriber(MESSAGE_PACK);
        router.join(CBOR).saysBinary(HexFormat.of().parseHex("851001a0646e657773" + "83f97c00f9fc00f97e00"));
        assertThat(json.hears()).endsWith(",{},[null,null,null]]");
        assertThat(hex(messagePack)).endsWith("93cb7ff0000000000000cbfff0000000000000cb7ff8000000000000");
    }

    @Test
    void whatTheApplicationPublishesReachesAll() {
        List<Peer> subscribers = Serializer.ALL.stream().map(this::subscriber).toList();
        router.publish("news", "[{\"order\":17,\"total\":2.50}]");
        assertThat(subscribers.get(0).hears()).endsWith(",{},[{\"order\":17,\"total\":2.50}]]");
        assertThat(subscribers.get(1).hears()).endsWith(",{},[{\"order\":17,\"total\":2.5}]]");
        assertThat(subscribers.get(2).hears()).endsWith(",{},[{\"order\":17,\"total\":2.5}]]");
    }

    @Test
    void whatCannotBeSaidInASerializerIsLeftOutAndTheSessionGoesOn() {
        Peer cbor = subscriber(CBOR);
        Peer json = subscriber(JSON);
        router.publish("news", "[" + "[".repeat(2000) + "]".repeat(2000) + "]");
        router.publish("news", "[1]");
        assertThat(cbor.hears()).endsWith(",{},[1]]");
        assertThat(json.hears()).contains("[[[[");
        assertThat(json.hears()).endsWith(",{},[1]]");
        assertThat(cbor.session().outbox().messages()).isZero();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aFrameOfTheWrongKindOrContentIsAbortedInThePeersOwnSerializer(Serializer speaks, Serializer other) {
        if (speaks != other) {
            Peer peer = router.join(speaks);
            router.router().receive(peer.session(), other.encode(JSON.decode(new Frame.Text("[32,1,{},\"news\"]"))));
            peer.isAborted();
        }
    }

    private Peer subscriber(Serializer serializer) {
        Peer peer = router.join(serializer).says("[32,1,{},'news']");
        peer.hears();
        return peer;
    }

    private static String hex(Peer peer) {
        return HexFormat.of().formatHex(((Frame.Binary) peer.hearsFrame()).bytes());
    }

    private static Serializer serializer(String subprotocol) {
        return Serializer.of(subprotocol).orElseThrow();
    }
}
