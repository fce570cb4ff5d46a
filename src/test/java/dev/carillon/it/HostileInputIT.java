package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client sends, to the built WAR in a real server; a session that was there before works on behind each. */
class HostileInputIT {

    private static final String REALM = "realm1";
    private static final int MEBIBYTE = 1 << 20;
    private static final int MAX_MESSAGE_SIZE = MEBIBYTE; // the default
    private static final int CROWD = 200;

    /** What the server needs anyway is some 100 MiB; one frame of 64 MiB kept would not go unnoticed. */
    private static final long MOST_LIVE_BYTES = 160L * MEBIBYTE;

    private static WildFlyServer server;
    private static URI endpoint;

    private RawWebSocket bystander;
    private int published;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start(
                "hostile",
                Path.of("target/carillon.war"),
                3250,
                Map.of("carillon.open", "true", "carillon.hello.timeout", "PT3S"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void theServerKeptNothingOfAllThatAndSawNoFailure() throws Exception {
        try {
            assertThat(liveBytes()).isLessThan(MOST_LIVE_BYTES);
            assertThat(server.log()).content().doesNotContain("CAR-901", "StackOverflowError", "OutOfMemoryError");
        } finally {
            server.close();
        }
    }

    @BeforeEach
    void aSessionThatIsThereBefore() {
        bystander = RawWebSocket.join(endpoint, REALM);
        assertThat(bystander.says("[32,1,{},'it.bystander']").hears()).startsWith("[33,1,");
        publishesAndReceives();
    }

    @AfterEach
    void worksOn() {
        publishesAndReceives();
        bystander.close();
    }

    private void publishesAndReceives() {
        bystander.says("[16,7,{'acknowledge':true,'exclude_me':false},'it.bystander',[" + ++published + "]]");
        assertThat(bystander.hears()).startsWith("[36,").endsWith("[" + published + "]]");
        assertThat(bystander.hears()).startsWith("[17,7,");
    }

    @ParameterizedTest
    @ValueSource(ints = {RawWebSocket.TEXT, RawWebSocket.BINARY})
    void aFrameOf64MebibytesCloses1009(int opcode) {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            byte[] frame = new byte[64 * MEBIBYTE];
            Arrays.fill(frame, (byte) ' ');
            socket.sends(opcode, true, frame).isClosedWith(1009);
        }
    }

    @Test
    void manyFramesOf64MebibytesAtATimeAreNotKept() {
        byte[] part = masked(opcodeAndLength(RawWebSocket.TEXT, 64L * MEBIBYTE), MAX_MESSAGE_SIZE - 1024);
        List<RawWebSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sockets.add(RawWebSocket.join(endpoint, REALM).sendsBytes(part));
        }
        publishesAndReceives();
        byte[] rest = new byte[64 * 1024];
        sockets.forEach(socket -> socket.sendsBytes(rest).isClosedWith(1009));
        sockets.forEach(RawWebSocket::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void fragmentsWithoutEndAndWithNothingInThemDoNoHarm(int size) {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            byte[] fragment = new byte[size];
            Arrays.fill(fragment, (byte) ' ');
            socket.sends(RawWebSocket.TEXT, false, fragment);
            for (int i = 0; i < 50_000; i++) {
                socket.sends(RawWebSocket.CONTINUATION, false, fragment);
            }
            publishesAndReceives();
            socket.sends(RawWebSocket.CONTINUATION, true, "[32,9,{},\"it.patient\"]".getBytes(StandardCharsets.UTF_8));
            assertThat(socket.hears()).startsWith("[33,9,");
        }
    }

    @Test
    void halfAFrameFollowedBySilenceBlocksNobody() {
        List<RawWebSocket> silent = new ArrayList<>();
        for (int i = 0; i < 40; i++) { // more than the server has worker threads
            silent.add(RawWebSocket.join(endpoint, REALM)
                    .sendsBytes(masked(opcodeAndLength(RawWebSocket.TEXT, 1000), 500)));
        }
        publishesAndReceives();
        RawWebSocket last = silent.get(silent.size() - 1);
        byte[] rest = new byte[500];
        Arrays.fill(rest, (byte) ' ');
        last.sendsBytes(rest);
        assertThat(last.hears()).endsWith("\"wamp.error.protocol_violation\"]");
        silent.forEach(RawWebSocket::close);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 8, 300})
    void halfAFrameFollowedByDisconnectEndsTheSession(int bytes) {
        byte[] frame = masked(opcodeAndLength(RawWebSocket.TEXT, 1000), 500);
        RawWebSocket vanishing = RawWebSocket.join(endpoint, REALM);
        String topic = "it.half." + bytes;
        String first = vanishing.says("[64,1,{},'" + topic + "']").hears();
        assertThat(first).startsWith("[65,1,");
        vanishing.sendsBytes(Arrays.copyOf(frame, bytes)).close();
        String answer = bystander.says("[64,2,{},'" + topic + "']").hears();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (answer.startsWith("[8,64,")) { // until the server has noticed
            assertThat(System.nanoTime()).isLessThan(deadline);
            answer = bystander.says("[64,2,{},'" + topic + "']").hears();
        }
        assertThat(answer).startsWith("[65,2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[16,1,{},\"a\",%s]", "[32,1,{\"a\":%s},\"a\"]", "%s", "[48,1,{},\"a\",[],{\"a\":%s}]"})
    void aDepthBombIsAViolation(String message) {
        String bomb = "[".repeat(10_000) + "]".repeat(10_000);
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.says(String.format(message, bomb));
            assertThat(socket.hears()).endsWith("\"wamp.error.protocol_violation\"]");
            socket.isClosedWith(1002);
        }
    }

    @Test
    void aNumberOfAMillionDigitsIsAViolation() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.says("[32,1,{'a':" + "9".repeat(1_000_000) + "},'a']");
            assertThat(socket.hears()).endsWith("\"wamp.error.protocol_violation\"]");
        }
    }

    @Test
    void anUnmaskedFrameCloses1002() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sendsBytes(new byte[] {(byte) 0x81, 2, '[', ']'}).isClosedWith(1002);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 4, 5, 6, 7, 0xB, 0xC, 0xD, 0xE, 0xF, 0x41, 0x21, 0x11})
    void reservedOpcodesAndBitsClose1002(int firstBits) {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(firstBits, true, new byte[] {'[', ']'}).isClosedWith(1002);
        }
    }

    @Test
    void controlFramesThatAreFragmentedOrTooLongClose1002() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.PING, false, new byte[] {1}).isClosedWith(1002);
        }
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.PING, true, new byte[126]).isClosedWith(1002);
        }
    }

    @Test
    void invalidUtf8ThatIsSplitOverFragmentsCloses1007() {
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.TEXT, false, new byte[] {'[', '"', (byte) 0xE2, (byte) 0x82});
            socket.sends(RawWebSocket.CONTINUATION, true, new byte[] {'x', '"', ']'})
                    .isClosedWith(1007);
        }
        try (RawWebSocket socket = RawWebSocket.join(endpoint, REALM)) {
            socket.sends(RawWebSocket.TEXT, false, new byte[] {'[', '"', (byte) 0xE2});
            socket.sends(RawWebSocket.CONTINUATION, true, new byte[] {(byte) 0x82})
                    .isClosedWith(1007);
        }
    }

    @Test
    void twoHundredConnectionsThatSayNothingLeaveRoomForOthers() throws IOException {
        List<AutoCloseable> crowd = new ArrayList<>();
        List<RawWebSocket> shaken = new ArrayList<>();
        for (int i = 0; i < CROWD; i++) {
            crowd.add(new Socket(endpoint.getHost(), endpoint.getPort()));
        }
        publishesAndReceives();
        for (int i = 0; i < CROWD; i++) {
            shaken.add(RawWebSocket.open(endpoint));
        }
        publishesAndReceives();
        try (RawWebSocket another = RawWebSocket.join(endpoint, REALM)) {
            assertThat(another.says("[32,1,{},'it.another']").hears()).startsWith("[33,1,");
        }
        shaken.forEach(socket -> socket.isClosedWith(1002)); // without a HELLO in time
        crowd.addAll(shaken);
        crowd.forEach(HostileInputIT::close);
    }

    private static void close(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            throw new IllegalStateException("a client's own socket does not close", e);
        }
    }

    private static ByteBuffer opcodeAndLength(int opcode, long length) {
        return RawWebSocket.header(opcode, true, length);
    }

    /** The header, a mask of zeros, and the first of the spaces that it announces. */
    private static byte[] masked(ByteBuffer header, int spaces) {
        byte[] frame = Arrays.copyOf(header.array(), header.position() + 4 + spaces);
        Arrays.fill(frame, header.position(), header.position() + 4, (byte) 0);
        Arrays.fill(frame, header.position() + 4, frame.length, (byte) ' ');
        return frame;
    }

    /** What is left in the heap of the server after a collection. {@code GC.class_histogram} counts live objects only. */
    private static long liveBytes() throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("server.java", System.getProperty("java.home")), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), String.valueOf(server.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        String histogram = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("jcmd ends").isTrue();
        Matcher total = Pattern.compile("Total\\s+\\d+\\s+(\\d+)").matcher(histogram);
        assertThat(total.find()).as("the total in %s", histogram).isTrue();
        return Long.parseLong(total.group(1));
    }
}
