package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Management;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WampClient;
import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What those who run a WildFly see of {@code carillon.war} and do with it, by its management port. */
class OperationsIT {

    private static final int PORT_OFFSET = 2300;
    private static final Path WAR = Path.of("target/carillon.war");
    private static final String REALM = "realm1";
    private static final String APPLICATION = "WF_DEPLOYMENT=\"carillon.war\",context=\"/carillon\"";
    private static final int EVENTS = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);

    private static WildFlyServer server;
    private static Management management;

    @BeforeAll
    static void start() {
        server = WildFlyServer.start(
                "operations", WAR, PORT_OFFSET, Map.of("carillon.open", "true", "carillon.drain.timeout", "PT8S"));
        management = server.management();
    }

    @AfterAll
    static void stop() {
        management.close();
        server.close();
    }

    @Test
    void metricsAreShownToPrometheus() {
        try (WampClient alice = connect().joins(REALM).subscribes("it.counted")) {
            alice.says("[16,9,{'exclude_me':false},'it.counted',[1]]").hearsEvent();
            for (String figure : List.of(
                    "carillon_connections{" + APPLICATION + "} 1.0",
                    "carillon_events_total{" + APPLICATION + ",realm=\"realm1\",topic=\"prefix \"}",
                    "carillon_outbox_bytes_max{" + APPLICATION + ",realm=\"realm1\"}")) {
                eventually(() -> management.get("metrics").body().contains(figure), true);
            }
        }
    }

    @Test
    void healthIsShownToABalancer() {
        HttpResponse<String> ready = management.get("health/ready");
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).contains("\"name\":\"carillon\",\"status\":\"UP\"");
        assertThat(management.get("health/live").body()).contains("\"name\":\"carillon\",\"status\":\"UP\"");
    }

    @Test
    void whoIsThereWhenTheServerIsSuspendedGetsWhatWasPublishedAndIsToldToGo() {
        try (WampClient alice = connect().joins(REALM).subscribes("it.last");
                WampClient bob = connect().joins(REALM)) {
            for (int i = 1; i < EVENTS; i++) {
                bob.says("[16," + i + ",{},'it.last',[" + i + "]]");
            }
            bob.says("[16," + EVENTS + ",{'acknowledge':true},'it.last',[" + EVENTS + "]]");
            assertThat(bob.hears()).startsWith("[17,");
            CompletableFuture<Void> suspended = suspend();

            for (int i = 1; i <= EVENTS; i++) {
                assertThat(alice.hearsEvent()).isEqualTo("[" + i + "]");
            }
            assertThat(alice.hears()).isEqualTo("[6,{},\"wamp.close.system_shutdown\"]");
            assertThat(bob.hears()).isEqualTo("[6,{},\"wamp.close.system_shutdown\"]");
            alice.says("[6,{},'wamp.close.goodbye_and_out']");
            assertThat(alice.closeCode()).isEqualTo(1001);

            // Bob does not answer: until the timeout the server waits for him, and lets nobody in.
            assertThat(statusOfHandshake()).isEqualTo(503);
            HttpResponse<String> ready = management.get("health/ready");
            assertThat(ready.statusCode()).isEqualTo(503);
            assertThat(ready.body()).contains("\"state\":\"draining\"");
            assertThat(suspended).isNotDone();
            assertThat(bob.closeCode()).isEqualTo(1001);
            suspended.join();
        } finally {
            management.run("resume");
        }
        assertThat(management.get("health/ready").statusCode()).isEqualTo(200);
        try (WampClient alice = connect()) {
            alice.joins(REALM).leaves();
        }
    }

    @Test
    void originsAreChangedWithoutARestart() {
        List<String> property = List.of("system-property", "carillon.origins");
        assertThat(statusFrom("https://shop.example.com")).isEqualTo(403);
        management.runAt(property, "add", "value", "https://*.example.com");
        try {
            eventually(() -> statusFrom("https://shop.example.com"), 101);
            assertThat(statusFrom("https://example.com")).isEqualTo(403);
            management.runAt(property, "write-attribute", "name", "value", "value", "rubbish");
            eventually(() -> log().contains("CAR-670 carillon.origins has 'rubbish'"), true);
            assertThat(statusFrom("https://shop.example.com"))
                    .as("what was allowed before")
                    .isEqualTo(101);
        } finally {
            management.runAt(property, "remove");
        }
        eventually(() -> statusFrom("https://shop.example.com"), 403);
    }

    @Test
    void aServerWithoutMicrometerAndHealthDoesAsWellAndSigtermSaysGoodbyeToo() {
        WildFlyServer other = WildFlyServer.start(
                "sigterm",
                WAR,
                PORT_OFFSET + 50,
                Map.of("carillon.open", "true", "org.wildfly.sigterm.suspend.timeout", "20"),
                OperationsIT::withoutMicrometerAndHealth);
        try (WampClient alice = WampClient.connect(other.webSocket("wamp")).joins(REALM)) {
            CompletableFuture<Void> stopped = CompletableFuture.runAsync(other::close);
            assertThat(alice.hears()).isEqualTo("[6,{},\"wamp.close.system_shutdown\"]");
            alice.says("[6,{},'wamp.close.goodbye_and_out']");
            assertThat(alice.closeCode()).isEqualTo(1001);
            stopped.join();
        } finally {
            other.close();
        }
    }

    private static String withoutMicrometerAndHealth(String standaloneXml) {
        String without = standaloneXml
                .replaceAll("<extension module=\"org\\.wildfly\\.extension\\.(micrometer|[a-z.]*health[a-z-]*)\"/>", "")
                .replaceAll("(?s)<subsystem xmlns=\"urn:wildfly:micrometer:.*?</subsystem>", "")
                .replaceAll("<subsystem xmlns=\"urn:wildfly:[a-z-]*health[^>]*/>", "");
        assertThat(without).doesNotContain("micrometer", "health");
        return without;
    }

    private static CompletableFuture<Void> suspend() {
        return CompletableFuture.runAsync(() -> {
            try (Management another = server.management()) {
                another.run("suspend", "suspend-timeout", "20");
            }
        });
    }

    private static WampClient connect() {
        return WampClient.connect(server.webSocket("wamp"));
    }

    private static int statusOfHandshake() {
        return status(Map.of());
    }

    private static int statusFrom(String origin) {
        return status(Map.of("Origin", origin));
    }

    private static int status(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.put("Sec-WebSocket-Protocol", "wamp.2.json");
        try (RawWebSocket socket = RawWebSocket.handshake(server.webSocket("wamp"), all)) {
            return socket.status();
        }
    }

    private static String log() {
        try {
            return Files.readString(server.log());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <T> void eventually(Supplier<T> ask, T expected) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!ask.get().equals(expected) && System.nanoTime() < deadline) {
            pause();
        }
        assertThat(ask.get()).isEqualTo(expected);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while waiting", e);
        }
    }
}
