package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.Browser;
import dev.carillon.support.Certificate;
import dev.carillon.support.JBossCli;
import dev.carillon.support.Management;
import dev.carillon.support.Nginx;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo behind {@code server-config/nginx/carillon.conf}, with TLS there and, for comparison, in WildFly. */
class NginxIT {

    private static final int PORT_OFFSET = 2400;
    private static final int NGINX_PORT = 11_243;
    private static final Path SCRIPTS = Path.of("server-config", "wildfly");
    private static final Path FILES = Path.of("target", "it", "nginx").toAbsolutePath();

    /** Pings come every second, and nginx cuts a connection that is silent for as long as this. */
    private static final int PROXY_TIMEOUT_SECONDS = 3;

    private static @Nullable Nginx nginx;
    private static @Nullable WildFlyServer server;
    private static Certificate certificate;

    @BeforeAll
    static void start() throws IOException {
        certificate = Certificate.in(Path.of("target", "it", "nginx-tls").toAbsolutePath());
        nginx = Nginx.start(
                FILES,
                Path.of("server-config", "nginx", "carillon.conf"),
                Map.of(
                        "listen 443 ssl", "listen 127.0.0.1:" + NGINX_PORT + " ssl",
                        "127.0.0.1:8080", "127.0.0.1:" + (8080 + PORT_OFFSET),
                        "/etc/nginx/tls/fullchain.pem",
                                certificate.file("cert.pem").toString(),
                        "/etc/nginx/tls/privkey.pem",
                                certificate.file("key.pem").toString(),
                        "proxy_read_timeout 75s", "proxy_read_timeout " + PROXY_TIMEOUT_SECONDS + "s"),
                NGINX_PORT);
        server = WildFlyServer.start(
                "behind-nginx",
                Path.of("target/carillon-demo.war"),
                PORT_OFFSET,
                Map.of(
                        "carillon.permissions", "sales: publish prefix orders",
                        "carillon.ping.interval", "PT1S",
                        "carillon.ping.timeout", "PT10S",
                        "carillon.limits.connections-per-address", "2",
                        "TLS_PASSWORD", Certificate.PASSWORD));
        Files.copy(certificate.file("server.p12"), server.configuration().resolve("carillon.p12"));
        JBossCli.connected(
                server.managementPort(), SCRIPTS.resolve("proxy/configure.cli"), SCRIPTS.resolve("tls/configure.cli"));
        try (Management management = server.management()) {
            management.reload();
        }
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (nginx != null) {
            nginx.close();
        }
    }

    @Test
    void aUserLogsInSubscribesAndHearsAlsoAfterASilenceThatTheProxyWouldNotBear() {
        try (RawWebSocket alice = joinsAt(NGINX_PORT)) {
            String subscription = alice.says("[32,1,{},'orders']").hears().replaceFirst("\\[33,1,(\\d+)]", "$1");
            for (int pings = 0; pings < 2 * PROXY_TIMEOUT_SECONDS; pings++) {
                RawWebSocket.Frame frame = alice.receives();
                assertThat(frame.opcode()).isEqualTo(RawWebSocket.PING);
                alice.sends(RawWebSocket.PONG, true, frame.payload());
            }
            alice.says("[16,2,{'exclude_me':false},'orders',['still here']]");
            assertThat(alice.hears()).startsWith("[36," + subscription + ",").endsWith(",[\"still here\"]]");
        }
    }

    @Test
    void theRouterSeesWhereAPeerComesFromAndBelievesNothingThatThePeerSaysOfIt() throws IOException {
        InetAddress one = InetAddress.getByName("127.0.0.2");
        InetAddress another = InetAddress.getByName("127.0.0.3");
        try (RawWebSocket first = from(one, "203.0.113.1");
                RawWebSocket second = from(one, "203.0.113.2");
                RawWebSocket third = from(one, "203.0.113.3");
                RawWebSocket other = from(another, "203.0.113.1")) {
            assertThat(first.status()).isEqualTo(101);
            assertThat(second.status()).isEqualTo(101);
            assertThat(third.status()).as("one too many from this address").isEqualTo(429);
            assertThat(other.status()).isEqualTo(101);
        }
    }

    @Test
    void aForeignOriginIsRefusedBehindTheProxyToo() {
        Map<String, String> foreign = Map.of("Sec-WebSocket-Protocol", "wamp.2.json", "Origin", "https://evil.example");
        try (RawWebSocket page = RawWebSocket.handshake(endpoint(NGINX_PORT), foreign, null, certificate.trusting())) {
            assertThat(page.status()).isEqualTo(403);
        }
    }

    @Test
    void wildFlyServesTheCertificateItself() {
        try (RawWebSocket alice = joinsAt(server.httpsPort())) {
            assertThat(alice.says("[32,1,{},'orders']").hears()).startsWith("[33,1,");
        }
    }

    private static RawWebSocket joinsAt(int port) {
        URI application = URI.create("https://127.0.0.1:" + port + "/carillon-demo/");
        Browser browser = new Browser(application, certificate.trusting()).logIn("alice", "alice", "demo/orders.xhtml");
        RawWebSocket socket = browser.join("carillon");
        assertThat(socket.hears()).startsWith("[2,");
        return socket;
    }

    private static RawWebSocket from(InetAddress address, String forged) {
        return RawWebSocket.handshake(
                endpoint(NGINX_PORT),
                Map.of("Sec-WebSocket-Protocol", "wamp.2.json", "X-Forwarded-For", forged),
                address,
                certificate.trusting());
    }

    private static URI endpoint(int port) {
        return URI.create("wss://127.0.0.1:" + port + "/carillon-demo/wamp");
    }
}
