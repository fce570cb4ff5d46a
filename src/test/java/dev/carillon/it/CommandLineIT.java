package dev.carillon.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.carillon.client.Arguments;
import dev.carillon.client.SessionClosed;
import dev.carillon.remote.ConnectionListener;
import dev.carillon.remote.WampClient;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar carillon-cli.jar}, as a process, and a router in a real server. */
@ExtendWith(ArquillianExtension.class)
class CommandLineIT {

    private static final int PORT_OFFSET = Integer.getInteger("test.port.offset", 1300);
    private static final String SERVER = "127.0.0.1:" + (8080 + PORT_OFFSET);
    private static final String ROUTER = "ws://" + SERVER + "/commands/wamp";
    private static final String SECRET = "correct horse battery staple";
    private static final Map<String, String> VARIABLES = Map.of("CARILLON_URL", ROUTER, "CARILLON_SECRET", SECRET);

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    @Deployment(testable = false)
    static WebArchive router() {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, "commands.war");
        archive.as(ZipImporter.class).importFrom(new File("target/carillon.war"));
        return archive.add(
                new StringAsset(
                        "carillon.backend.secret=" + SECRET + "\n"
                                + "carillon.history=prefix it/kept/ keep 50\n"
                                + "carillon.permissions=backend: subscribe, publish prefix it/; backend: call, register prefix it.\n"),
                "WEB-INF/classes/META-INF/microprofile-config.properties");
    }

    /** @param out and err as they were printed */
    private record Ran(int exitCode, String out, String err) {}

    @Test
    void whatIsPublishedIsPrintedAndPrintedAgainToWhoWasAway() throws Exception {
        Command subscriber = begin(VARIABLES, "subscribe", "--json", "--match", "prefix", "--count", "2", "it/kept/");
        awaitSubscriber("it/kept/");
        assertThat(run("publish", "it/kept/a", "{\"order\": 17}").out()).matches("\\d+\\R");
        assertThat(run("publish", "it/kept/b", "hello", "-k", "by=billing").exitCode())
                .isZero();
        Ran subscribed = subscriber.ended();
        assertThat(subscribed.exitCode()).as(subscribed.err()).isZero();
        assertThat(subscribed.err()).isEmpty();
        List<JsonObject> events =
                subscribed.out().lines().map(CommandLineIT::json).toList();
        assertThat(events.get(0).getString("topic")).isEqualTo("it/kept/a");
        assertThat(events.get(0).getJsonArray("args").getJsonObject(0).getInt("order"))
                .isEqualTo(17);
        assertThat(events.get(1).getJsonObject("kwargs").getString("by")).isEqualTo("billing");

        Ran later = run(
                "subscribe",
                "--match",
                "prefix",
                "--after",
                events.get(0).getString("position"),
                "--count",
                "1",
                "it/kept/");
        assertThat(later.exitCode()).as(later.err()).isZero();
        assertThat(later.out()).startsWith("(missed) ").contains("it/kept/b", "hello", "billing");
    }

    @Test
    void proceduresAnswer() throws Exception {
        try (WampClient server = client(new ConnectionListener() {})) {
            server.register("it.double", call -> 2 * call.arguments().get(0, int.class))
                    .join();
            assertThat(run("call", "it.double", "21")).isEqualTo(new Ran(0, "42" + System.lineSeparator(), ""));
        }
        Ran missing = run("call", "it.double", "21");
        assertThat(missing.exitCode()).isEqualTo(1);
        assertThat(missing.err()).containsOnlyOnce("\n").contains("wamp.error.no_such_procedure");
    }

    @Test
    void topicsAndSessionsAreListedAndASessionIsEnded() throws Exception {
        Ran topics = run("topics");
        assertThat(topics.exitCode()).as(topics.err()).isZero();
        assertThat(topics.err()).isEmpty();
        assertThat(topics.out()).startsWith("PATTERN ").contains("carillon/maintenance", "prefix it/");

        CompletableFuture<SessionClosed> lost = new CompletableFuture<>();
        try (WampClient victim = client(new ConnectionListener() {
            @Override
            public void lost(SessionClosed why, Duration retryIn) {
                lost.complete(why);
            }
        })) {
            victim.connect().join();
            String id = Long.toString(victim.id());
            Ran sessions = run("sessions");
            assertThat(sessions.exitCode()).as(sessions.err()).isZero();
            assertThat(sessions.err()).isEmpty();
            assertThat(sessions.out()).startsWith("SESSION ");
            assertThat(sessions.out().lines().filter(line -> line.startsWith(id)))
                    .singleElement()
                    .asString()
                    .contains(" victim ", " backend ", " ticket ", " wamp.2.json ", " 127.0.0.1 ", " 0 (0 bytes)");
            assertThat(run("sessions", "--kick", id, "--message", "The office is closed"))
                    .isEqualTo(new Ran(0, "session " + id + " has ended" + System.lineSeparator(), ""));
            assertThat(lost.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join())
                    .hasMessageContaining("The office is closed");
        }
        assertThat(run("sessions", "--kick", "1").exitCode()).isEqualTo(1);
    }

    @Test
    void aTicketLetsAnotherProgramIn() throws Exception {
        Ran made = run("ticket");
        assertThat(made.err()).isEmpty();
        try (WampClient other =
                WampClient.of(ROUTER).tickets(() -> made.out().strip()).build()) {
            assertThat(other.connect().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .succeedsWithin(PATIENCE);
        }
    }

    @Test
    void theExitCodeAndOneLineSayWhatIsWrong() throws Exception {
        assertThat(run("check")).satisfies(ran -> {
            assertThat(ran.exitCode()).as(ran.err()).isZero();
            assertThat(ran.out()).startsWith("there is a router at " + ROUTER + ": realm carillon, session ");
            assertThat(ran.err()).isEmpty();
        });
        Map<String, String> wrongSecret =
                Map.of("CARILLON_URL", ROUTER, "CARILLON_SECRET", "another one, which is wrong");
        fails(run(wrongSecret, "publish", "it/kept/a", "1"), 1, "wamp.error.authentication_denied");
        fails(run("publish", "nobody/declared/this", "1"), 1, "wamp.error.not_authorized");
        fails(run("check", "--url", "ws://127.0.0.1:1/wamp"), 3, "cannot connect to ws://127.0.0.1:1/wamp: ");
        fails(run("check", "-u", "ws://" + SERVER + "/nowhere/wamp"), 3, "no WAMP router at ");
        fails(run("check", "-u", ROUTER + "?serialiser=cbor"), 2, "unknown option serialiser");
        fails(run("subscribe"), 2, "carillon subscribe --help");
        fails(run(Map.of("CARILLON_URL", ROUTER), "check"), 2, "CARILLON_SECRET");
    }

    @Test
    void aShellTakesTheScriptOfCompletion() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/bash")), "there is a bash");
        Ran completion = run("completion");
        assertThat(completion.err()).isEmpty();
        Path script = Files.writeString(folder.resolve("completion"), completion.out());
        Process bash = new ProcessBuilder("bash", "-n", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), UTF_8)).isEmpty();
        assertThat(bash.waitFor()).isZero();
        assertThat(completion.out()).contains("subscribe", "--secret-file");
    }

    private static void fails(Ran ran, int exitCode, String with) {
        assertThat(ran.err()).startsWith("carillon: ").containsOnlyOnce("\n").contains(with);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.exitCode()).as(ran.err()).isEqualTo(exitCode);
    }

    private static WampClient client(ConnectionListener listener) {
        return WampClient.of(ROUTER + "?authid=victim")
                .secret(SECRET)
                .listener(listener)
                .build();
    }

    private static void awaitSubscriber(String prefix) throws InterruptedException {
        try (WampClient looking = client(new ConnectionListener() {})) {
            long limit = System.nanoTime() + PATIENCE.toNanos();
            Arguments pattern = Arguments.of(prefix, Map.of("match", "prefix"));
            while (looking.call("wamp.subscription.lookup", pattern).join().get(0, Long.class) == null) {
                assertThat(System.nanoTime()).as("subscribed in time").isLessThan(limit);
                Thread.sleep(POLL.toMillis());
            }
        }
    }

    private Ran run(String... arguments) throws IOException, InterruptedException {
        return run(VARIABLES, arguments);
    }

    private Ran run(Map<String, String> variables, String... arguments) throws IOException, InterruptedException {
        return begin(variables, arguments).ended();
    }

    private Command begin(Map<String, String> variables, String... arguments) throws IOException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", // half the time for a short life
                "-jar",
                "target/carillon-cli.jar"));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().remove("JAVA_TOOL_OPTIONS"); // of which Java would tell on standard error
        builder.environment().remove("CARILLON_SECRET");
        builder.environment().putAll(variables);
        return new Command(builder.start(), out, err);
    }

    private record Command(Process process, Path out, Path err) {
        Ran ended() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("it does not end: " + Files.readString(out) + Files.readString(err));
            }
            return new Ran(process.exitValue(), Files.readString(out), Files.readString(err));
        }
    }

    private static JsonObject json(String line) {
        try (JsonReader reader = Json.createReader(new StringReader(line))) {
            return reader.readObject();
        }
    }
}
