package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code carillon.war} in open mode, as seen from the wire. */
class EndpointIT {

    private static final String REALM = "realm1";
    private static final int MAX_MESSAGE_SIZE = 100_000;

    private static WildFlyServer server;
    private static URI endpoint;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start(
                "endpoint",
                Path.of("target/carillon.war"),
                1700,
                Map.of(
                        "carillon.open", "true",
                        "carillon.message.max-size", String.valueOf(MAX_MESSAGE_SIZE),
                        "carillon.hello.timeout", "PT2S",
                        "carillon.ping.interval", "PT3S",
                        "carillon.ping.timeout", "PT7S",
                        "carillon.outbox.max-messages", "500",
                        "carillon.origins", "https://friend.example"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theSubprotocolThatBothKnowIsChosen() {
        try (RawWebSocket socket =
                RawWebSocket.open(endpoint, Map.of("Sec-WebSocket-Protocol", "wamp.2.flatbuffers, wamp.2.json"))) {
            assertThat(socket.header("Sec-WebSocket-Protocol")).isEqualTo("wamp.2.json");
        }
    }

    @Test
    void aHandshakeWithoutACommonSubprotocolIsABadRequest() {
        assertThat(status(Map.of("Sec-WebSocket-Protocol", "chat"))).isEqualTo(400);
        assertThat(status(Map.of())).isEqualTo(400);
    }

    @Test
    void whatIsNoHandshakeIsABadRequest() {
        assertThat(status(Map.of("Upgrade", "", "Sec-WebSocket-Protocol", "wamp.2.json")))
                .isEqualTo(400);
    }

    @Test
    void aForeignOriginIsForbiddenAndTheOwnAndTheListedOnesAreNot() {
        assertThat(statusFrom("https://evil.example")).isEqualTo(403);
        assertThat(statusFrom("null")).isEqualTo(403);
        assertThat(statusFrom("http://" + endpoint.getAuthority())).isEqualTo(101);
        assertThat(statusFrom("https://friend.example")).isEqualTo(101);
    }

    @Test
    void aTicketOnTheUrlIsNotLookedAtUnlessThatIsAllowed() {
        try (RawWebSocket socket = RawWebSocket.open(URI.create(endpoint + "?ticket=rubbish"))) {
            assertThat(socket.status()).isEqualTo(101);
        }
    }

    @Test
    void whatOnePublishesTheOtherSees() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM);
                RawWebSocket bob = RawWebSocket.join(endpoint, REALM)) {
            String subscribed = alice.says("[32,1,{},'it.seen']").hears();
            String subscription = subscribed.split("[,\\]]")[2];
            bob.says("[16,1,{'acknowledge':true},'it.seen',['ä\uD83D\uDE00',9007199254740993],{'k':null}]");
            assertThat(bob.hears()).startsWith("[17,1,");
            assertThat(alice.hears())
                    .startsWith("[36," + subscription + ",")
                    .endsWith(",{},[\"ä\uD83D\uDE00\",9007199254740993],{\"k\":null}]");
        }
    }

    @Test
    void aMessageMayComeInFragmentsThatCutACharacter() {
        byte[] message = "[16,1,{\"acknowledge\":true,\"exclude_me\":false},\"it.cut\",[\"\uD83D\uDE00\"]]"
                .getBytes(StandardCharsets.UTF_8);
        int inTheMiddle = new String(message, StandardCharsets.ISO_8859_1).indexOf('\u00F0') + 2;
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            alice.says("[32,1,{},'it.cut']").hears();
            alice.sends(RawWebSocket.TEXT, false, Arrays.copyOf(message, inTheMiddle));
            alice.sends(RawWebSocket.PING, true, new byte[] {7});
            alice.sends(RawWebSocket.CONTINUATION, true, Arrays.copyOfRange(message, inTheMiddle, message.length));
            assertThat(alice.receives().opcode()).isEqualTo(RawWebSocket.PONG);
            assertThat(alice.hears()).startsWith("[36,").endsWith("[\"\uD83D\uDE00\"]]");
            assertThat(alice.hears()).startsWith("[17,");
        }
    }

    @Test
    void severalMessagesInOnePacketAreSeveral() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            byte[] one = "[32,1,{},\"it.packet\"]".getBytes(StandardCharsets.UTF_8);
            for (int i = 0; i < 3; i++) {
                alice.sends(RawWebSocket.TEXT, true, one);
            }
            for (int i = 0; i < 3; i++) {
                assertThat(alice.hears()).startsWith("[33,1,");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rubbish", "{}", "[]", "[32,1,{},'a'", "[32,0,{},'a']", "[1000]", "[33,1,1]"})
    void aViolationIsAbortedAndClosed(String message) {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            assertThat(socket.says(message).hears()).startsWith("[3,").endsWith("\"wamp.error.protocol_violation\"]");
            socket.isClosedWith(1002);
        }
    }

    @Test
    void aBinaryFrameOnJsonIsAViolation() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.BINARY, true, "[32,1,{},\"a\"]".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.hears()).endsWith("\"wamp.error.protocol_violation\"]");
            socket.isClosedWith(1002);
        }
    }

    @Test
    void invalidUtf8Closes1007() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.TEXT, true, new byte[] {'[', (byte) 0xC3, (byte) 0x28, ']'})
                    .isClosedWith(1007);
        }
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.TEXT, true, new byte[] {'[', '"', (byte) 0xC3})
                    .isClosedWith(1007);
        }
    }

    @Test
    void aMessageOverTheLimitCloses1009AndNobodyElseNotices() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM);
                RawWebSocket bob = RawWebSocket.join(endpoint, REALM)) {
            alice.says(publishing("x".repeat(MAX_MESSAGE_SIZE - 200))).hears();
            alice.says(publishing("x".repeat(MAX_MESSAGE_SIZE))).isClosedWith(1009);
            assertThat(bob.says("[32,1,{},'it.big']").hears()).startsWith("[33,1,");
        }
    }

    @Test
    void theLimitCountsBytesAndNotCharacters() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            alice.says(publishing("ä".repeat(MAX_MESSAGE_SIZE / 2))).isClosedWith(1009);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {RawWebSocket.TEXT, RawWebSocket.BINARY})
    void theLimitHoldsForManySmallFragments(int opcode) {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            byte[] fragment = new byte[1000];
            Arrays.fill(fragment, (byte) ' ');
            alice.sends(opcode, false, fragment);
            for (int i = 0; i < 2 * MAX_MESSAGE_SIZE / fragment.length; i++) {
                alice.sends(RawWebSocket.CONTINUATION, false, fragment);
            }
            alice.isClosedWith(1009);
        }
    }

    @Test
    void aFrameThatAnnouncesMoreThanTheLimitIsNotWaitedFor() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            byte[] header = Arrays.copyOf(
                    RawWebSocket.header(RawWebSocket.TEXT, true, 64L << 20).array(), 14);
            alice.sendsBytes(header);
            byte[] spaces = new byte[MAX_MESSAGE_SIZE + 4096];
            Arrays.fill(spaces, (byte) ' ');
            alice.sendsBytes(spaces).isClosedWith(1009);
        }
    }

    @Test
    void whoSaysNoHelloIsClosed() {
        try (RawWebSocket socket = RawWebSocket.open(endpoint)) {
            socket.isClosedWith(1002);
        }
    }

    @Test
    void theServerPingsAndWhoDoesNotAnswerIsCut() {
        try (RawWebSocket dead = RawWebSocket.join(endpoint, REALM)) {
            RawWebSocket.Frame frame = dead.receives();
            assertThat(frame.opcode()).isEqualTo(RawWebSocket.PING);
            while (frame.opcode() == RawWebSocket.PING) {
                frame = dead.receives();
            }
            assertThat(frame.closeCode()).isEqualTo(1001);
            dead.isCutOff();
        }
    }

    @Test
    void whoAnswersPingsStays() {
        try (RawWebSocket alive = RawWebSocket.join(endpoint, REALM)) {
            for (int i = 0; i < 4; i++) {
                RawWebSocket.Frame ping = alive.receives();
                assertThat(ping.opcode()).isEqualTo(RawWebSocket.PING);
                alive.sends(RawWebSocket.PONG, true, ping.payload());
            }
            assertThat(alive.says("[32,1,{},'it.alive']").hears()).startsWith("[33,1,");
        }
    }

    @Test
    void aGoodbyeIsAnsweredAndTheSocketCloses() {
        try (RawWebSocket alice = RawWebSocket.join(endpoint, REALM)) {
            alice.says("[6,{},'wamp.close.normal']")
                    .hears("[6,{},'wamp.close.goodbye_and_out']")
                    .isClosedWith(1000);
        }
    }

    @Test
    void whoVanishesIsForgottenAndTheTopicGetsANewSubscription() {
        try (RawWebSocket bob = RawWebSocket.join(endpoint, REALM)) {
            RawWebSocket alice = RawWebSocket.join(endpoint, REALM);
            String first = alice.says("[32,1,{},'it.vanish']").hears();
            alice.close();
            String second = bob.says("[32,1,{},'it.vanish']").hears();
            while (second.equals(first)) { // until the server has noticed
                bob.says("[34,2," + second.split("[,\\]]")[2] + "]").hears();
                second = bob.says("[32,1,{},'it.vanish']").hears();
            }
            assertThat(second).startsWith("[33,1,");
        }
    }

    @Test
    void aReaderThatStallsIsCutOffAndTheOthersHearEverything() {
        String filling = "x".repeat(20_000);
        int count = 2000; // 40 MB: more than the sockets' buffers and 500 messages take
        try (RawWebSocket stalled = RawWebSocket.join(endpoint, REALM);
                RawWebSocket alice = RawWebSocket.join(endpoint, REALM);
                RawWebSocket bob = RawWebSocket.join(endpoint, REALM)) {
            stalled.says("[32,1,{},'it.stall']").hears();
            alice.says("[32,1,{},'it.stall']").hears();
            for (int i = 0; i < count; i++) {
                bob.says("[16,1,{'acknowledge':true},'it.stall',[" + i + ",'" + filling + "']]");
                assertThat(alice.hears()).contains(",[" + i + ",");
                assertThat(bob.hears()).startsWith("[17,");
            }
            stalled.isCutOff();
        }
        assertThat(server.log()).content().contains("CAR-201");
    }

    private static String publishing(String text) {
        return "[16,1,{'acknowledge':true},'it.size',['" + text + "']]";
    }

    private static int statusFrom(String origin) {
        return status(Map.of("Origin", origin, "Sec-WebSocket-Protocol", "wamp.2.json"));
    }

    private static int status(Map<String, String> headers) {
        try (RawWebSocket socket = RawWebSocket.handshake(endpoint, headers)) {
            return socket.status();
        }
    }
}
