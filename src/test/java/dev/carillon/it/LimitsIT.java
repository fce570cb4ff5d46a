package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the deployed {@code carillon.war} answers to those who are too many. */
class LimitsIT {

    private static final String HELLO = "[1,'realm1',{'roles':{'caller':{}}}]";

    private static WildFlyServer server;
    private static URI endpoint;

    private final List<RawWebSocket> sockets = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = WildFlyServer.start(
                "limits",
                Path.of("target/carillon.war"),
                2700,
                Map.of(
                        "carillon.open", "true",
                        "carillon.limits.connections", "6",
                        "carillon.limits.connections-per-address", "4",
                        "carillon.limits.joins", "20",
                        "carillon.limits.subscriptions", "2",
                        "carillon.limits.uri-length", "40"));
        endpoint = server.webSocket("wamp");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @AfterEach
    void closeAll() {
        sockets.forEach(RawWebSocket::close);
    }

    @Test
    void oneConnectionTooManyFromAnAddressIsTooManyRequestsAndOneTooManyInAllIsUnavailable() throws Exception {
        for (int i = 0; i < 4; i++) {
            awaitCounted("127.0.0.1");
        }
        RawWebSocket fifth = handshake("127.0.0.1");
        assertThat(fifth.status()).isEqualTo(429);
        assertThat(fifth.header("Retry-After")).isEqualTo("10");
        assertThat(fifth.header("Content-Type")).startsWith("text/plain");

        awaitCounted("127.0.0.2");
        awaitCounted("127.0.0.3");
        RawWebSocket seventh = handshake("127.0.0.4");
        assertThat(seventh.status()).isEqualTo(503);
        assertThat(seventh.header("Retry-After")).isEqualTo("10");

        sockets.remove(0).close();
        assertThat(awaitOpen("127.0.0.1")).isEqualTo(101);
    }

    @Test
    void whoeverClaimsAnotherAddressIsNotBelieved() throws Exception {
        for (int i = 0; i < 4; i++) {
            awaitCounted("127.0.0.1");
        }
        RawWebSocket liar = RawWebSocket.handshake(
                endpoint,
                Map.of("Sec-WebSocket-Protocol", "wamp.2.json", "X-Carillon-Address", "127.0.0.9"),
                InetAddress.getByName("127.0.0.1"));
        sockets.add(liar);
        assertThat(liar.status()).isEqualTo(429);
    }

    @Test
    void whoOpensSessionsTooFastIsAbortedOrRefusedAndLaterIsLetIn() throws Exception {
        int joined = 0;
        int refused = 0;
        for (int i = 0; i < 500 && refused == 0; i++) {
            try (RawWebSocket socket = handshake("127.0.0.1")) {
                sockets.clear();
                if (socket.status() == 101) {
                    String answer = socket.says(HELLO).hears();
                    joined += answer.startsWith("[2,") ? 1 : 0;
                    refused += answer.endsWith(",\"carillon.error.too_many_joins\"]") ? 1 : 0;
                } else if (socket.status() == 503) {
                    assertThat(socket.header("Retry-After")).isEqualTo("10");
                    refused++;
                } // else 429: the server has not noticed yet that the last one has left
            }
        }
        assertThat(joined).isBetween(20, 200);
        assertThat(refused).isEqualTo(1);
        assertThat(awaitOpen("127.0.0.1")).isEqualTo(101);
    }

    @Test
    void aSubscriptionTooManyAndAUriTooLongAreErrorsAndTheSessionGoesOn() throws Exception {
        assertThat(awaitOpen("127.0.0.1")).isEqualTo(101);
        RawWebSocket socket = sockets.get(0);
        assertThat(socket.says(HELLO).hears()).startsWith("[2,");
        socket.says("[32,1,{},'a']").hears();
        socket.says("[32,2,{},'b']").hears();
        assertThat(socket.says("[32,3,{},'c']").hears())
                .startsWith("[8,32,3,{},\"carillon.error.too_many_subscriptions\"");
        assertThat(socket.says("[32,4,{},'" + "u".repeat(41) + "']").hears())
                .startsWith("[8,32,4,{},\"wamp.error.invalid_uri\"");
        assertThat(socket.says("[32,5,{},'a']").hears()).startsWith("[33,5,");
    }

    /** What another test has closed, or has used up of the rate, the server may have yet to notice. */
    private int awaitOpen(String from) throws Exception {
        long deadline = System.nanoTime() + 20_000_000_000L;
        RawWebSocket socket = handshake(from);
        while (socket.status() != 101 && System.nanoTime() < deadline) {
            sockets.remove(socket);
            socket.close();
            Thread.onSpinWait();
            socket = handshake(from);
        }
        return socket.status();
    }

    /** A handshake is answered before the server counts the connection; who has been answered a HELLO is counted. */
    private void awaitCounted(String from) throws Exception {
        String answer;
        do {
            assertThat(awaitOpen(from)).isEqualTo(101);
            answer = sockets.get(sockets.size() - 1).says(HELLO).hears();
            if (!answer.startsWith("[2,")) { // the rate that another test has used up
                assertThat(answer).endsWith(",\"carillon.error.too_many_joins\"]");
                sockets.remove(sockets.size() - 1).close();
            }
        } while (!answer.startsWith("[2,"));
    }

    private RawWebSocket handshake(String from) throws Exception {
        RawWebSocket socket = RawWebSocket.handshake(
                endpoint, Map.of("Sec-WebSocket-Protocol", "wamp.2.json"), InetAddress.getByName(from));
        sockets.add(socket);
        return socket;
    }
}
