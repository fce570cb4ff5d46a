package dev.carillon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.carillon.security.BackendTickets;
import dev.carillon.support.JavaListing;
import dev.carillon.support.Listing;
import dev.carillon.support.ShellListing;
import dev.carillon.wiring.SettingsProblems;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonReader;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Every listing of the README and the guide is compiled, run, or read by whatever a reader will give it to. */
class ListingsTest {

    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final String SECRET = "correct horse battery staple";

    private static final Pattern SCRIPT = Pattern.compile("(?s)<script type=\"module\">(.*?)</script>");
    private static final Pattern METHOD_OF_A_CONNECTION = Pattern.compile("\\bcarillon\\.(\\w+)\\(");
    private static final Pattern EVENT_OF_A_CONNECTION = Pattern.compile("\\bcarillon\\.addEventListener\\('(\\w+)'");

    @TempDir
    private Path folder;

    @TestFactory
    Stream<DynamicTest> everyListingIsWhatItsLanguageAllows() {
        return Listing.all().stream()
                .map(listing -> dynamicTest(listing.where() + " " + listing.language(), () -> check(listing)));
    }

    @Test
    void theTicketThatTheGuideMakesInAShellIsAccepted() throws IOException, InterruptedException {
        assumeTrue(isOnPath("bash") && isOnPath("openssl"), "bash and openssl are on the PATH");
        Listing listing = Listing.all().stream()
                .filter(one -> one.text().contains("$CARILLON_SECRET"))
                .findFirst()
                .orElseThrow();
        Ran ran = run(Map.of("CARILLON_SECRET", SECRET), "bash", "-c", listing.text());
        assertThat(new BackendTickets(SECRET, InstantSource.system())
                        .redeem(ran.output().strip(), null))
                .as("the identity for the ticket of %s, which says: %s", listing.where(), ran.output())
                .isPresent();
    }

    /** The tests above are worth what this one says. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "java | long id = \"17\"; | incompatible types",
                "java | notifications.fire(new Object()); | incompatible types",
                "java | @Procedure public void take() {} | missing a default value",
                "java | class News extends NoSuchTopic {} | cannot find symbol",
                "js | const carillon = ; | SyntaxError",
                "js | carillon.shout('hello'); | shout",
                "js | carillon.addEventListener('lunch', show); | lunch",
                "html | <script>let a;</script> | a module script",
                "html | <script type=\"module\">let a a;</script> | SyntaxError",
                "properties | carillon.reaml=shop | carillon.reaml does not exist",
                "properties | carillon.ping.interval=soon | ISO 8601",
                "properties | quarkus.name=shop | quarkus.name",
                "xml | <a><b></a> | must be terminated",
                "json | {'a': } | JsonParsingException",
                "shell | npm install | npm",
                "shell | mvn -q -Pshort test | -Pshort",
                "shell | mvn verify -Dit.test=NoSuchIT | NoSuchIT",
                "shell | mvn verify -Dserver.prot=7 | server.prot",
                "shell | mvn wildfly:walk | wildfly:walk",
                "console | $ carillon shout | shout",
                "console | $ carillon check --loud | --loud",
                "shell | echo \"$(date | unexpected EOF",
                "http | script-src 'self' | script-src",
                "cli | /subsystem=undertow/server=none | server=none",
                "sql | CREATE TABEL a (id BIGINT) | TABEL",
                "cobol | MOVE 1 TO A | cobol"
            })
    void aListingThatIsWrongIsNamedWithItsLineAndWhatIsWrong(String language, String text, String what) {
        assumeTrue(isOnPath("node") && isOnPath("bash"), "node and bash are on the PATH");
        Listing listing = new Listing(Path.of("page.md"), 7, language, text + "\n");
        assertThatThrownBy(() -> check(listing))
                .hasMessageContaining("page.md:7")
                .hasMessageContaining(what);
    }

    private void check(Listing listing) throws Exception {
        switch (listing.language()) {
            case "java" -> assertThat(JavaListing.problems(listing, folder)).isEmpty();
            case "js" -> script(listing, listing.inItsLine());
            case "html" -> scripts(listing);
            case "properties" -> properties(listing);
            case "xml", "xhtml" -> xml(listing);
            case "json" -> json(listing);
            case "sql" -> sql(listing);
            case "shell" -> shell(listing);
            case "console" ->
                assertThat(ShellListing.problemsOfCommands(listing)).isEmpty();
            case "http" ->
                assertThat(listing.text().lines())
                        .as(listing.where())
                        .allMatch(line -> line.matches("[A-Za-z-]+: \\S.*"));
            case "cli" -> serverAddresses(listing);
            default -> fail("%s: nobody checks listings in '%s'", listing.where(), listing.language());
        }
    }

    private void scripts(Listing page) throws IOException, InterruptedException {
        Matcher script = SCRIPT.matcher(page.inItsLine());
        assertThat(script.find()).as("a module script at %s", page.where()).isTrue();
        do {
            String before = page.inItsLine().substring(0, script.start(1)).replaceAll("[^\\n]", "");
            script(page, before + script.group(1));
        } while (script.find());
    }

    private void script(Listing listing, String script) throws IOException, InterruptedException {
        String types = Files.readString(BASE.resolve("src/main/resources/META-INF/resources/carillon/carillon.d.ts"));
        names(METHOD_OF_A_CONNECTION, script)
                .forEach(name -> assertThat(types)
                        .as("%s: the methods of a connection", listing.where())
                        .containsPattern("(?m)^    " + name + "[<(]"));
        names(EVENT_OF_A_CONNECTION, script)
                .forEach(name -> assertThat(types)
                        .as("%s: the events of a connection", listing.where())
                        .containsPattern("(?m)^    " + name + ": \\w+;"));
        assumeTrue(isOnPath("node"), "node is on the PATH");
        Path file = Files.writeString(folder.resolve("listing.mjs"), script);
        Ran ran = run(Map.of(), "node", "--check", file.toString());
        assertThat(ran.exitCode())
                .as("%s: node says, with lines of the page: %s", listing.where(), ran.output())
                .isZero();
    }

    private static void properties(Listing listing) throws IOException {
        Properties properties = new Properties();
        properties.load(new StringReader(listing.text()));
        Map<String, String> settings = properties.stringPropertyNames().stream()
                .collect(Collectors.toMap(key -> key, properties::getProperty));
        assertThat(settings.keySet()).as(listing.where()).isNotEmpty().allMatch(key -> key.startsWith("carillon."));
        assertThat(SettingsProblems.of(settings)).as(listing.where()).isEmpty();
    }

    /** Prefixes need not be declared: a listing may be a part of a page. */
    private static void xml(Listing listing) throws ParserConfigurationException, IOException {
        String elements = listing.inItsLine().replaceFirst("<\\?xml [^>]*>", "");
        try {
            DocumentBuilder parser = DocumentBuilderFactory.newInstance().newDocumentBuilder();
            parser.setErrorHandler(new DefaultHandler()); // throws, and writes nothing to the console
            parser.parse(new InputSource(new StringReader("<listing>" + elements + "</listing>")));
        } catch (SAXException e) {
            fail("%s: %s", listing.where(), e);
        }
    }

    private static void json(Listing listing) {
        try (JsonReader reader = Json.createReader(new StringReader(listing.text()))) {
            reader.readValue();
        } catch (JsonException e) {
            fail("%s: %s", listing.where(), e);
        }
    }

    private static void sql(Listing listing) throws SQLException {
        try (Connection database = DriverManager.getConnection("jdbc:h2:mem:;MODE=PostgreSQL");
                Statement statement = database.createStatement()) {
            assertThatCode(() -> statement.execute(listing.text()))
                    .as(listing.where())
                    .doesNotThrowAnyException();
        }
    }

    private static void shell(Listing listing) throws IOException, InterruptedException {
        assertThat(ShellListing.problems(listing)).isEmpty();
        assumeTrue(isOnPath("bash"), "bash is on the PATH");
        Ran ran = run(Map.of(), "bash", "-n", "-c", listing.text());
        assertThat(ran.exitCode()).as("%s: %s", listing.where(), ran.output()).isZero();
    }

    /** The server of the tests has what the guide says that a server needs. */
    private static void serverAddresses(Listing listing) throws IOException {
        String configured = Files.readString(BASE.resolve("server-config/wildfly/configure.cli"));
        assertThat(listing.text().lines())
                .as(listing.where())
                .allSatisfy(address -> assertThat(configured).contains("\n" + address + ":"));
    }

    private static Stream<String> names(Pattern pattern, String script) {
        return pattern.matcher(script).results().map(name -> name.group(1));
    }

    private static boolean isOnPath(String command) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static Ran run(Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        assertThat(process.waitFor(30, TimeUnit.SECONDS))
                .as("%s ends", command[0])
                .isTrue();
        return new Ran(process.exitValue(), new String(process.getInputStream().readAllBytes()));
    }

    /** @param output of both kinds */
    private record Ran(int exitCode, String output) {}
}
