package dev.carillon.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.client.SessionClosed;
import dev.carillon.it.remote.VisitorServlet;
import dev.carillon.remote.ConnectionListener;
import dev.carillon.remote.SubscribeOptions;
import dev.carillon.remote.WampClient;
import dev.carillon.support.Certificate;
import dev.carillon.support.FaultyNetwork;
import dev.carillon.support.Library;
import dev.carillon.support.Listing;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that talk to {@code carillon.war} over the network: this one, one of the guide, and an application. */
@ExtendWith(ArquillianExtension.class)
class RemoteClientIT {

    private static final int PORT_OFFSET = Integer.getInteger("test.port.offset", 1300);
    private static final URI SERVER = URI.create("http://127.0.0.1:" + (8080 + PORT_OFFSET) + "/");
    private static final URI ROUTER = URI.create("ws://127.0.0.1:" + SERVER.getPort() + "/remote/wamp");
    private static final URI VISITOR = SERVER.resolve("visitor/visitor");
    private static final String SECRET = "correct horse battery staple";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private static final int DROPS = 3;
    private static final int AT_ONCE = 3000;

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration POLL = Duration.ofMillis(5);

    @TempDir
    private static Path folder;

    private static Path secretFile;
    private static Certificate certificate;
    private static Certificate ofAnotherName;

    @Deployment(name = "router", order = 1, testable = false)
    static WebArchive router() {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "remote.war");
        archive.as(ZipImporter.class).importFrom(new File("target/carillon.war"));
        return archive.add(
                new StringAsset("carillon.backend.secret=" + SECRET + "\n"
                        + "carillon.history=prefix it/kept/ keep 5000\n"
                        + "carillon.permissions=backend: subscribe, publish prefix it/;"
                        + "backend: subscribe, publish prefix prices/;"
                        + "backend: call, register prefix it.; backend: call, register prefix tea.\n"),
                "WEB-INF/classes/META-INF/microprofile-config.properties");
    }

    @Deployment(name = "visitor", order = 2, testable = false)
    static WebArchive visitor() {
        return Library.warOfAClient("visitor.war", VisitorServlet.class.getPackage());
    }

    @BeforeAll
    static void makeSecrets() throws IOException {
        certificate = Certificate.in(folder.resolve("this"));
        ofAnotherName = Certificate.in(folder.resolve("another"), "dns:shop.example.com");
        secretFile = Files.writeString(folder.resolve("secret"), SECRET + "\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "cbor", "msgpack"})
    void aProgramPublishesListensCallsAndServes(String serializer) {
        try (WampClient server = client(ROUTER + "?serializer=" + serializer);
                WampClient client = client(ROUTER.toString())) {
            server.register(
                            "it.sum",
                            call -> call.arguments().get(0, int.class)
                                    + call.arguments().get(1, int.class))
                    .join();
            assertThat(await(client.call("it.sum", Integer.class, 1, 2))).isEqualTo(3);

            CompletableFuture<String> heard = new CompletableFuture<>();
            server.subscribe("it/news", event -> heard.complete(event.payload(String.class)))
                    .join();
            client.publish("it/news", "tea is here").join();
            assertThat(await(heard)).isEqualTo("tea is here");
        }
    }

    /** Each number once and in order, whatever the network does. */
    @Test
    void numbersComeOnceAndInOrderThroughDrops() throws Exception {
        List<Object> heard = Collections.synchronizedList(new ArrayList<>());
        Semaphore connected = new Semaphore(0);
        int last;
        try (FaultyNetwork network = new FaultyNetwork(SERVER);
                Numbers numbers = new Numbers();
                WampClient client = WampClient.of(
                                network.address(ROUTER) + "?retry_first=PT0.1S&retry_max=PT0.2S&connect_timeout=PT2S")
                        .secret(SECRET)
                        .listener(new ConnectionListener() {
                            @Override
                            public void connected(long session) {
                                connected.release();
                            }
                        })
                        .build()) {
            client.subscribe(
                            Numbers.TOPIC,
                            SubscribeOptions.exact().onGap(topic -> heard.add("gap")),
                            event -> heard.add(event.payload(Integer.class)))
                    .join();
            awaitOne(connected);
            numbers.begin();
            for (int drop = 0; drop < DROPS; drop++) {
                numbers.awaitMore(50);
                network.goesDown();
                numbers.awaitMore(50);
                network.comesUp();
                awaitOne(connected);
            }
            numbers.awaitMore(50);
            last = numbers.end();
            awaitUntil(() -> heard.contains(last));
        }
        assertThat(heard).isEqualTo(IntStream.rangeClosed(1, last).boxed().toList());
    }

    @Test
    void whatIsSentAtOnceArrivesInOrder() {
        List<Integer> heard = Collections.synchronizedList(new ArrayList<>());
        try (WampClient client = client(ROUTER.toString())) {
            client.subscribe("it/many", event -> heard.add(event.payload(Integer.class)))
                    .join();
            CompletableFuture<?>[] accepted = IntStream.range(0, AT_ONCE)
                    .mapToObj(number -> client.publish("it/many", number))
                    .toArray(CompletableFuture[]::new);
            await(CompletableFuture.allOf(accepted));
            awaitUntil(() -> heard.size() >= AT_ONCE);
        }
        assertThat(heard).isEqualTo(IntStream.range(0, AT_ONCE).boxed().toList());
    }

    @Test
    void aServerIsBelievedByItsCertificateAndName() throws Exception {
        try (FaultyNetwork secure = new FaultyNetwork(SERVER, certificate.serverSockets());
                FaultyNetwork ofAnother = new FaultyNetwork(SERVER, ofAnotherName.serverSockets())) {
            try (WampClient distrustful = client(secure(secure))) {
                assertThatThrownBy(() -> await(distrustful.connect()))
                        .hasMessageContaining("cannot connect to " + secure(secure))
                        .hasMessageContaining("certification path");
            }
            try (WampClient trusting = client(secure(secure) + trusting(certificate))) {
                assertThat(await(trusting.publish("it/news", "in secret"))).isPositive();
            }
            try (WampClient deceived = client(secure(ofAnother) + trusting(ofAnotherName))) {
                assertThatThrownBy(() -> await(deceived.connect())).hasMessageContaining("cannot connect to ");
            }
            try (WampClient credulous = client(secure(ofAnother) + "?tls_verify=false")) {
                await(credulous.connect());
            }
        }
    }

    @Test
    void whereThereIsNoRouterTheReasonIsSaid() {
        try (WampClient lost = client(ROUTER.resolve("/nowhere/wamp").toString())) {
            assertThatThrownBy(() -> await(lost.connect()))
                    .hasCauseInstanceOf(SessionClosed.class)
                    .hasMessageEndingWith("no WAMP router at " + ROUTER.resolve("/nowhere/wamp") + ": HTTP 404");
        }
        try (WampClient lost = client("ws://127.0.0.1:1/wamp")) {
            assertThatThrownBy(() -> await(lost.connect()))
                    .hasMessageContaining("cannot connect to ws://127.0.0.1:1/wamp: ")
                    .hasMessageContaining("refused");
        }
    }

    /** By the jar, on a class path as the guide describes it. */
    @Test
    void theProgramOfTheGuideRuns() throws Exception {
        Listing program = Listing.all().stream()
                .filter(listing -> listing.text().contains("public class TeaShop"))
                .findFirst()
                .orElseThrow();
        Path source = Files.writeString(folder.resolve("TeaShop.java"), program.text());
        Process shop = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        Library.classPathOfAClient().stream()
                                .map(File::getAbsolutePath)
                                .collect(Collectors.joining(File.pathSeparator)),
                        source.toString(),
                        ROUTER + "?secret_file=" + URLEncoder.encode(secretFile.toString(), UTF_8))
                .redirectError(folder.resolve("errors").toFile())
                .start();
        assertThat(shop.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        assertThat(new String(shop.getInputStream().readAllBytes(), UTF_8).lines())
                .as("after %s", Files.readString(folder.resolve("errors")))
                .containsExactly("tea costs 250", "ordered: 3");
    }

    @Test
    void anApplicationIsAClientOnTheServersThreadsAndComesBack() throws Exception {
        try (FaultyNetwork network = new FaultyNetwork(SERVER);
                WampClient publisher = client(ROUTER.toString())) {
            assertThat(visits(network.address(ROUTER) + "?retry_first=PT0.1S&retry_max=PT0.2S&connect_timeout=PT2S"))
                    .isEqualTo(200);
            awaitUntil(() -> get(VISITOR).equals("[1]"));
            network.goesDown();
            await(publisher.publish("it/kept/visitor", 2));
            network.comesUp();
            awaitUntil(() -> get(VISITOR).equals("[1, 2]"));
        }
    }

    @Test
    void theServersOwnClientLooksAtCertificateAndNameToo() throws Exception {
        try (FaultyNetwork secure = new FaultyNetwork(SERVER, certificate.serverSockets());
                FaultyNetwork ofAnother = new FaultyNetwork(SERVER, ofAnotherName.serverSockets())) {
            assertThat(visits(secure(secure) + "?authid=distrustful")).isEqualTo(500);
            assertThat(visits(secure(ofAnother) + trusting(ofAnotherName))).isEqualTo(500);
            assertThat(visits(secure(secure) + trusting(certificate))).isEqualTo(200);
        }
    }

    /** @return the status */
    private static int visits(String router) throws IOException, InterruptedException {
        String text = router + "&secret_file=" + URLEncoder.encode(secretFile.toString(), UTF_8);
        HttpRequest start = HttpRequest.newBuilder(URI.create(VISITOR + "?router=" + URLEncoder.encode(text, UTF_8)))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        return HTTP.send(start, HttpResponse.BodyHandlers.discarding()).statusCode();
    }

    private static String secure(FaultyNetwork network) {
        return network.address(ROUTER).toString().replace("ws:", "wss:");
    }

    private static String trusting(Certificate trusted) {
        return "?trust_store=" + URLEncoder.encode(trusted.file("server.p12").toString(), UTF_8)
                + "&trust_store_password=" + Certificate.PASSWORD;
    }

    private static WampClient client(String text) {
        return WampClient.of(text).secret(SECRET).build();
    }

    private static String get(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return e.toString();
        }
    }

    private static <T> T await(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS).join();
    }

    private static void awaitOne(Semaphore semaphore) throws InterruptedException {
        assertThat(semaphore.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .as("in time")
                .isTrue();
    }

    private static void awaitUntil(BooleanSupplier condition) {
        long limit = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(limit);
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Publishes 1, 2, 3 and so on, each when the one before was accepted. */
    private static final class Numbers implements AutoCloseable {
        static final String TOPIC = "it/kept/numbers";

        private final WampClient client = client(ROUTER.toString());
        private final AtomicBoolean ended = new AtomicBoolean();
        private final Thread thread = new Thread(this::publish, "numbers");
        private volatile int last;

        void begin() {
            thread.start();
        }

        private void publish() {
            while (!ended.get()) {
                await(client.publish(TOPIC, last + 1));
                last++;
                pause();
            }
        }

        void awaitMore(int count) {
            int until = last + count;
            awaitUntil(() -> last >= until);
        }

        int end() throws InterruptedException {
            ended.set(true);
            thread.join(PATIENCE.toMillis());
            return last;
        }

        @Override
        public void close() throws InterruptedException {
            if (thread.isAlive()) {
                end();
            }
            client.close();
        }
    }
}
