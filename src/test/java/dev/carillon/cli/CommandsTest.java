package dev.carillon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.client.Arguments;
import dev.carillon.client.SessionClosed;
import dev.carillon.security.BackendTickets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CommandsTest {

    private static final String SECRET = "correct horse battery staple";

    private final FakeRouter router = new FakeRouter();

    @TempDir
    private Path folder;

    // --- publish and call ------------------------------------------------------------------------------------------

    @Test
    void anArgumentIsJsonOrElseAText() {
        assertThat(router.run("publish", "news", "17", "{\"a\":null}", "we close", "-k", "until=18:00", "-k", "n=2"))
                .isZero();
        assertThat(router.asked)
                .containsExactly("publish news [17,{\"a\":null},\"we close\"] {\"until\":\"18:00\",\"n\":2}");
        assertThat(router.out()).isEqualTo("99" + System.lineSeparator());
        assertThat(router.closed).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"18:00", "1,2", "[1] 2", "{", "tru", "", "1 2"})
    void whatIsJsonOnlyAtItsBeginningIsAText(String word) {
        router.run("publish", "news", word);
        assertThat(router.asked).containsExactly("publish news [\"" + word + "\"] {}");
    }

    @Test
    void textStaysText() {
        router.run("publish", "--text", "--retain", "news", "17", "null");
        assertThat(router.asked).containsExactly("publish news retained [\"17\",\"null\"] {}");
    }

    @Test
    void anArgumentMayBeginWithADashOrAnAt() {
        router.run("publish", "news", "@everybody", "--", "-5");
        assertThat(router.asked).containsExactly("publish news [\"@everybody\",-5] {}");
    }

    @Test
    void aResultIsPrintedAsAPersonReadsItOrAsJson() {
        router.answers("orders.total", Arguments.of("12.50"));
        assertThat(router.run("call", "orders.total", "17")).isZero();
        assertThat(router.out().strip()).isEqualTo("12.50");
        router.run("call", "--json", "orders.total", "17");
        assertThat(router.out().strip()).isEqualTo("{\"args\":[\"12.50\"],\"kwargs\":{}}");
    }

    @Test
    void aResultOfSeveralPartsIsPrintedWhole() {
        router.answers("weather", Arguments.of(1, null).with("wind", "north"));
        router.run("call", "weather");
        assertThat(router.out().strip()).isEqualTo("[1,null] {\"wind\":\"north\"}");
    }

    @Test
    void aProcedureWithoutAResultPrintsNothing() {
        assertThat(router.run("call", "orders.forget")).isZero();
        assertThat(router.out()).isEmpty();
    }

    // --- what goes wrong -------------------------------------------------------------------------------------------

    @Test
    void anAnswerThatDoesNotComeInTimeIsNoAnswer() {
        router.neverAnswers("slow");
        assertThat(router.run("call", "--timeout", "1", "slow")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(router.err().strip()).isEqualTo("carillon: no answer within 1 s");
        assertThat(router.closed).isTrue();
    }

    @Test
    void aDeadServerIsOneLine() {
        router.opensNoSession(Failure.unreachable("cannot connect to ws://x: Connection refused\n\tat java.net"));
        assertThat(router.run("publish", "news", "1")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(router.err().lines())
                .containsExactly("carillon: cannot connect to ws://x: Connection refused at java.net");
        assertThat(router.out()).isEmpty();
    }

    @Test
    void aConnectionThatIsLostMeanwhileIsNoAnswer() {
        router.refuses(new SessionClosed("the connection to the router is lost"));
        assertThat(router.run("publish", "news", "1")).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(router.err()).contains("is lost");
    }

    @Test
    void aDefectOfOursIsNotMistakenForAnAnswer() {
        router.refuses(new IllegalStateException("oops"));
        assertThat(router.run("publish", "news", "1")).isEqualTo(ExitCode.DEFECT);
        assertThat(router.err().lines()).singleElement().asString().contains("defect", "oops");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "publish",
                "call",
                "subscribe",
                "pubish news",
                "publish --colour news",
                "subscribe news --match fuzzy",
                "subscribe news --count 0",
                "sessions --kick me",
                "sessions --message bye",
                "publish --timeout 0 news",
                "ticket --life 301",
                "ticket --life 0",
                "ticket"
            })
    void aWrongCommandLineIsOneLineAndTheCode2(String line) {
        assertThat(router.run(line.split(" "))).isEqualTo(ExitCode.USAGE);
        assertThat(router.err().lines()).singleElement().asString().startsWith("carillon: ");
        assertThat(router.asked).isEmpty();
    }

    @Test
    void nothingThatSaysWhereTheRouterIsIsAWrongCommandLine() {
        router.variables.remove("CARILLON_URL");
        assertThat(router.run("topics")).isEqualTo(ExitCode.USAGE);
        assertThat(router.err()).contains("--url", "CARILLON_URL");
    }

    @Test
    void theOptionCountsBeforeTheEnvironment() {
        router.variables.put("CARILLON_SECRET", SECRET);
        router.run("publish", "--url", "ws://b/wamp?realm=ops", "--secret-file", "s", "--timeout", "3", "t");
        assertThat(router.target)
                .isEqualTo(new Connector.Target(
                        "ws://b/wamp?realm=ops",
                        Optional.of(Path.of("s")),
                        Optional.of(SECRET),
                        Duration.ofSeconds(3)));
        assertThat(router.target.toString()).isEqualTo("ws://b/wamp");
    }

    @ParameterizedTest
    @ValueSource(strings = {"publish", "subscribe", "call", "topics", "sessions", "ticket", "check", "completion"})
    void everyCommandHasHelpWithExamples(String command) {
        assertThat(router.run(command, "--help")).isZero();
        assertThat(router.out()).contains("Usage: carillon " + command, "Examples:", "  carillon " + command);
        assertThat(router.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void withoutACommandThereIsHelpWithTheExitCodes() {
        assertThat(router.run()).isZero();
        assertThat(router.out()).contains("Exit codes:", "publish", "completion", "CARILLON_URL", "NO_COLOR");
    }

    // --- tables ----------------------------------------------------------------------------------------------------

    private static final List<Map<String, Object>> TOPICS = List.of(
            Map.of(
                    "pattern", "orders/{id}",
                    "handler", "com.example.Orders",
                    "subscribe", "sales",
                    "publish", "nobody",
                    "visitors", false,
                    "subscribers", 12),
            Map.of(
                    "pattern",
                    "prefix chat.",
                    "subscribe",
                    "chatters",
                    "publish",
                    "chatters",
                    "visitors",
                    true,
                    "subscribers",
                    0));

    @Test
    void topicsAreAnAlignedTable() {
        router.answers("carillon.topic.list", Arguments.of(TOPICS));
        assertThat(router.run("topics")).isZero();
        assertThat(router.out().lines())
                .containsExactly(
                        "PATTERN       HANDLER             SUBSCRIBE  PUBLISH   VISITORS  SUBSCRIBERS",
                        "orders/{id}   com.example.Orders  sales      nobody    no        12",
                        "prefix chat.  -                   chatters   chatters  yes       0");
    }

    @Test
    void headingsStandOutForAPersonOnly() {
        router.answers("carillon.topic.list", Arguments.of(TOPICS));
        router.colours = true;
        router.run("topics");
        assertThat(router.out()).startsWith("\u001b[1mPATTERN");
        router.run("topics", "--json");
        assertThat(router.out()).startsWith("[{").doesNotContain("\u001b");
    }

    @Test
    void sessionsSayWhoSinceWhenFromWhereAndWhatWaits() {
        router.answers(
                "carillon.session.list",
                Arguments.of(List.of(Map.of(
                        "session", 4520316208325120L,
                        "authid", "alice\u001b[2J",
                        "authrole", "sales",
                        "authmethod", "ticket",
                        "protocol", "wamp.2.json",
                        "since", "2026-11-28T09:00:00Z",
                        "subscriptions", 3,
                        "queued_messages", 1,
                        "queued_bytes", 200))));
        assertThat(router.run("sessions", "--limit", "5")).isZero();
        assertThat(router.asked).containsExactly("call carillon.session.list [] {\"limit\":5}");
        assertThat(router.out())
                .contains("4520316208325120  alice\\u001b[2J  sales", "2026-11-28T09:00:00Z", "1 (200 bytes)")
                .doesNotContain("\u001b");
    }

    @Test
    void whoIsKickedHearsWhy() {
        assertThat(router.run("sessions", "--kick", "12", "--reason", "com.example.closed", "--message", "Good night"))
                .isZero();
        assertThat(router.asked)
                .containsExactly(
                        "call wamp.session.kill [12] {\"reason\":\"com.example.closed\",\"message\":\"Good night\"}");
        assertThat(router.out().strip()).isEqualTo("session 12 has ended");
    }

    @Test
    void anAnswerOfAnotherFormIsNotATable() {
        router.answers("carillon.topic.list", Arguments.of("none"));
        assertThat(router.run("topics")).isEqualTo(ExitCode.REFUSED);
    }

    // --- ticket, check, completion ---------------------------------------------------------------------------------

    @Test
    void aTicketIsOneThatTheRouterTakes() throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), SECRET + "\n");
        assertThat(router.run("ticket", "--secret-file", file.toString())).isZero();
        assertThat(new BackendTickets(SECRET, InstantSource.fixed(FakeRouter.NOW))
                        .redeem(router.out().strip(), null))
                .isPresent();
    }

    @Test
    void theSecretMayComeFromTheEnvironmentAndIsNeverShown() {
        router.variables.put("CARILLON_SECRET", SECRET);
        assertThat(router.run("ticket", "--life", "300")).isZero();
        router.variables.put("CARILLON_SECRET", "too short");
        assertThat(router.run("ticket")).isEqualTo(ExitCode.USAGE);
        assertThat(router.err()).contains("16").doesNotContain("too short");
    }

    @Test
    void aSecretThatIsNotThereIsSaidPlainly() {
        assertThat(router.run("ticket", "--secret-file", folder.resolve("none").toString()))
                .isEqualTo(ExitCode.USAGE);
        assertThat(router.err()).contains("there is no such file");
    }

    @Test
    void checkAnswersByItsExitCode() {
        assertThat(router.run("check", "--json")).isZero();
        assertThat(router.out().strip())
                .isEqualTo("{\"reachable\":true,\"realm\":\"carillon\",\"session\":4711,\"milliseconds\":0}");
        router.opensNoSession(Failure.refused("wamp.error.authentication_denied"));
        assertThat(router.run("check")).isEqualTo(ExitCode.REFUSED);
        router.opensNoSession(Failure.unreachable("nobody there"));
        assertThat(router.run("check")).isEqualTo(ExitCode.UNREACHABLE);
    }

    @Test
    void theCompletionKnowsCommandsAndOptions() {
        assertThat(router.run("completion")).isZero();
        assertThat(router.out()).contains("complete -F _complete_carillon", "subscribe", "--kick", "bashcompinit");
    }
}
