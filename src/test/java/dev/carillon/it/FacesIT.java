package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import dev.carillon.it.faces.Board;
import dev.carillon.it.login.AccountServlet;
import dev.carillon.support.Chromium;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.File;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Faces tags in a real browser, in an application that has the library in WEB-INF/lib. */
@ExtendWith(ArquillianExtension.class)
class FacesIT {

    private static final int HTTP_PORT = 8080 + Integer.getInteger("test.port.offset", 1300);
    private static final File PAGES = new File("src/test/resources/faces");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 20_000;

    private static Chromium chromium;

    private BrowserContext context;
    private Page page;
    private RawWebSocket publisher;
    private int published;
    private final List<String> sockets = new ArrayList<>();
    private final List<String> console = new ArrayList<>();

    @Deployment(name = "faces", testable = false)
    static WebArchive application() {
        WebArchive war = Library.war("faces.war", Board.class.getPackage())
                .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <context-param>
                            <param-name>jakarta.faces.PROJECT_STAGE</param-name>
                            <param-value>Production</param-value>
                          </context-param>
                          <servlet>
                            <servlet-name>faces</servlet-name>
                            <servlet-class>jakarta.faces.webapp.FacesServlet</servlet-class>
                          </servlet>
                          <servlet-mapping>
                            <servlet-name>faces</servlet-name>
                            <url-pattern>*.xhtml</url-pattern>
                          </servlet-mapping>
                        </web-app>
                        """))
                .addAsResource(
                        new StringAsset("carillon.open=true\ncarillon.history=prefix kept/\n"),
                        "META-INF/microprofile-config.properties");
        for (File file : PAGES.listFiles()) {
            war.addAsWebResource(file);
        }
        return war;
    }

    /** An application that does not use Faces, though its server has it. */
    @Deployment(name = "plain", testable = false)
    static WebArchive withoutFaces() {
        return Library.war("plain.war", AccountServlet.class.getPackage())
                .addAsWebResource(new StringAsset("<p>#{1 + 1}</p>"), "page.xhtml");
    }

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        setDefaultAssertionTimeout(PATIENCE_MILLISECONDS);
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() {
        publisher = RawWebSocket.join(URI.create("ws://127.0.0.1:" + HTTP_PORT + "/faces/wamp"), "realm1");
        context = chromium.browser().newContext();
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
        context.addInitScript(KEEP_SOCKETS);
        page = context.newPage();
        page.onWebSocket(socket -> sockets.add(socket.url()));
        page.onConsoleMessage(message -> console.add(message.text()));
    }

    @AfterEach
    void close() {
        context.close();
        publisher.close();
    }

    @Test
    void aFunctionOfThePageIsCalledWithEveryEvent() {
        visit("functions.xhtml");
        publish("same", "a");
        publish("same", "b");
        hears("first a", "second a", "first b", "second b");
    }

    @Test
    void tagsInARepeatedTableRowHaveTopicsOfTheirOwn() {
        visit("functions.xhtml");
        assertThat(page.locator("td > template")).hasCount(3);
        publish("row/2", "two");
        publish("row/3", "three");
        publish("row/4", "four");
        publish("same", "end");
        hears("row/2 two", "row/3 three", "first end", "second end");
    }

    @Test
    void onePageHasOneSocketAndOneScript() {
        visit("functions.xhtml");
        assertThat(sockets).hasSize(1);
        assertThat(page.locator("script[type=module]")).hasCount(1);
    }

    @Test
    void aTopicThatTheRouterRefusesIsTold() {
        visit("functions.xhtml");
        isTold("a..b wamp.error.invalid_uri");
    }

    @ParameterizedTest
    @ValueSource(strings = {"self", "nonce"})
    void aContentSecurityPolicyIsRespected(String policy) {
        page.navigate(address("functions.xhtml?policy=" + policy));
        isTold("a..b wamp.error.invalid_uri"); // the router has answered about the tags before that, too
        publish("same", "a");
        hears("first a", "second a");
        assertThat(page.evaluate("document.querySelector('script[type=module]').nonce !== ''"))
                .isEqualTo(true);
        assertThat(console).noneMatch(text -> text.contains("Content Security Policy"));
    }

    @Test
    void anAjaxUpdateWorksUnderAContentSecurityPolicy() {
        visit("ajax.xhtml?policy=self");
        publish("news", "a");
        assertThat(page.locator("#form\\:count")).hasText("1");
        assertThat(console).noneMatch(text -> text.contains("Content Security Policy"));
    }

    @Test
    void anEventLetsTheServerRenderPartsOfThePageAgain() {
        visit("ajax.xhtml");
        publish("news", "a");
        assertThat(page.locator("#form\\:count")).hasText("1");
        assertThat(page.locator("#outside")).hasText("1");
        publish("news", "b");
        assertThat(page.locator("#outside")).hasText("2");
        hears("news a", "news b");
    }

    @Test
    void manyEventsDuringOneRequestCauseOneMore() {
        visit("ajax.xhtml");
        Deque<Route> held = new ArrayDeque<>();
        List<String> requests = new ArrayList<>();
        page.route("**/ajax.xhtml*", route -> {
            requests.add(route.request().method());
            if (requests.size() == 1) {
                held.add(route);
            } else {
                route.resume();
            }
        });
        String[] texts = new String[20];
        for (int i = 0; i < texts.length; i++) {
            publish("news", "number " + i);
            texts[i] = "news number " + i;
        }
        hears(texts);
        page.waitForCondition(() -> !held.isEmpty());
        assertThat(requests).hasSize(1);
        held.remove().resume();
        assertThat(page.locator("#outside")).hasText("2");
        publish("news", "end");
        assertThat(page.locator("#outside")).hasText("3");
        assertThat(requests).hasSize(3);
    }

    @Test
    void afterAnOutageOfATopicWithoutHistoryThereIsOneUpdate() {
        visit("ajax.xhtml");
        page.evaluate("sockets.forEach(socket => socket.close())");
        isTold("lost,restored");
        assertThat(page.locator("#outside")).hasText("1");
        publish("news", "a");
        assertThat(page.locator("#outside")).hasText("2");
        hears("news a");
    }

    @Test
    void afterAnOutageWhatWasMissedComesAndNoUpdateWithoutIt() {
        visit("kept.xhtml?topic=outage");
        publish("kept/outage", "before");
        assertThat(page.locator("#form\\:count")).hasText("1");
        page.evaluate("sockets.forEach(socket => socket.close())");
        publish("kept/outage", "missed");
        isTold("restored");
        assertThat(page.locator("#form\\:count")).hasText("2");
        hears("kept/outage before", "kept/outage missed");
        page.evaluate("sockets.forEach(socket => socket.close())");
        isTold("restored,restored");
        publish("kept/outage", "after");
        assertThat(page.locator("#form\\:count")).hasText("3");
    }

    @Test
    void whatHappensWhileThePageLoadsComesWhenItIsSubscribed() {
        visit("kept.xhtml?topic=loading");
        publish("kept/loading", "shown");
        hears("kept/loading shown");
        String position = position("kept/loading");
        publish("kept/loading", "since");
        visit("kept.xhtml?topic=loading&after=" + position);
        hears("kept/loading since");
    }

    @Test
    void aPositionThatIsGoneIsAGapAndOneUpdate() {
        visit("kept.xhtml?topic=gone&after=of-another-epoch:1");
        isTold("gap kept/gone");
        assertThat(page.locator("#form\\:count")).hasText("1");
        publish("kept/gone", "a");
        assertThat(page.locator("#form\\:count")).hasText("2");
        hears("kept/gone a");
    }

    @Test
    void aTagThatCatchesUpUpdatesOnceWhenItIsSubscribed() {
        visit("catchup.xhtml");
        assertThat(page.locator("#form\\:count")).hasText("1");
        publish("news", "a");
        assertThat(page.locator("#form\\:count")).hasText("2");
    }

    @Test
    void aTagThatIsRenderedAgainByItsOwnUpdateHearsEachEventOnce() {
        visit("panel.xhtml");
        for (int i = 1; i <= 3; i++) {
            publish("first", "number " + i);
            assertThat(page.locator("#form\\:count")).hasText(i + " first true");
        }
        hears("first number 1", "first number 2", "first number 3");
        assertThat(sent()).filteredOn(message -> message.contains("first")).hasSize(1);
        assertThat(sent()).filteredOn(message -> message.startsWith("[34,")).hasSize(1); // the probe's
    }

    @Test
    void aTagWithAnotherTopicAfterAnUpdateChangesToThat() {
        visit("panel.xhtml");
        page.locator("#form\\:change").click();
        assertThat(page.locator("#form\\:count")).hasText("0 second true");
        settled();
        publish("first", "too late");
        publish("second", "in time");
        assertThat(page.locator("#form\\:count")).hasText("1 second true");
        hears("second in time");
    }

    @Test
    void aTagThatIsGoneAfterAnUpdateIsUnsubscribed() {
        visit("panel.xhtml");
        page.locator("#form\\:hide").click();
        assertThat(page.locator("#form\\:count")).hasText("0 first false");
        settled();
        assertThat(sent()).filteredOn(message -> message.startsWith("[34,")).hasSize(3); // two of them the probe's
        publish("first", "too late");
        settled();
        assertThat(page.evaluate("board.heard")).isEqualTo(List.of());
        assertThat(sockets).hasSize(1);
    }

    @Test
    void anUpdateOfARowIsTheRowsOwn() {
        visit("rows.xhtml");
        publish("row/2", "x");
        assertThat(page.locator("#form\\:rows\\:1\\:count")).hasText("2: 1");
        assertThat(page.locator("#form\\:rows\\:0\\:count")).hasText("1: 0");
    }

    @Test
    void tabsOfOneBrowserShareASocketAndOutliveEachOther() {
        visit("shared.xhtml");
        Page first = page;
        page = context.newPage();
        page.onWebSocket(socket -> sockets.add(socket.url()));
        visit("shared.xhtml?policy=self");
        assertThat(session(page)).isEqualTo(session(first));
        assertThat(sockets).isEmpty();

        publish("news", "a");
        hears("news a");
        assertThat(first.locator("html")).hasAttribute("data-heard", "news a");

        first.close();
        publish("news", "b");
        hears("news a,news b");
        settled();
    }

    @Test
    void whoIsNotLoggedInIsToldSoOnce() {
        page.navigate(address("visitor.xhtml"));
        isTold("login");
    }

    @Test
    void anAjaxBehaviorWithoutAFormIsAMistakeOfThePage() throws Exception {
        assertThat(get("faces/no-form.xhtml").statusCode()).isEqualTo(500);
    }

    @Test
    void anApplicationWithoutFacesStaysWithoutFaces() throws Exception {
        assertThat(get("plain/page.xhtml").body()).isEqualTo("<p>#{1 + 1}</p>");
        for (String path : List.of("plain/faces/page.xhtml", "plain/page.jsf", "plain/page.faces")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    /** Lets a test see what the page sends, and cut the connection as a network would. */
    private static final String KEEP_SOCKETS = """
            window.sockets = [];
            window.sent = [];
            window.WebSocket = class extends WebSocket {
              constructor(...args) {
                super(...args);
                sockets.push(this);
              }
              send(text) {
                sent.push(text);
                super.send(text);
              }
            };
            """;

    /** Where a topic is. */
    private String position(String topic) {
        return (String) page.evaluate("""
                async topic => {
                  const { carillon } = await import('/faces/carillon/carillon-faces.js');
                  const subscription = await carillon.subscribe(topic, () => {});
                  const { position } = subscription;
                  await subscription.unsubscribe();
                  return position;
                }
                """, topic);
    }

    private static Object session(Page page) {
        return page.evaluate("import('/faces/carillon/carillon-faces.js').then(module => module.carillon.sessionId)");
    }

    private static String address(String path) {
        return "http://127.0.0.1:" + HTTP_PORT + "/faces/" + path;
    }

    private void visit(String path) {
        page.navigate(address(path));
        settled();
    }

    /** Waits until the router has answered all that the tags have asked for: it answers in order. */
    private void settled() {
        page.evaluate("""
                async () => {
                  const { carillon } = await import('/faces/carillon/carillon-faces.js');
                  await (await carillon.subscribe('probe', () => {})).unsubscribe();
                }
                """);
    }

    private void publish(String topic, String text) {
        int request = ++published;
        String answer = publisher
                .says("[16," + request + ",{'acknowledge':true},'" + topic + "',['" + text + "']]")
                .hears();
        assertThat(answer).startsWith("[17," + request + ",");
    }

    /** Exactly these so far. */
    private void hears(String... expected) {
        assertThat(page.locator("html")).hasAttribute("data-heard", String.join(",", expected));
    }

    private void isTold(String expected) {
        assertThat(page.locator("html")).hasAttribute("data-told", expected);
    }

    @SuppressWarnings("unchecked")
    private List<String> sent() {
        return (List<String>) page.evaluate("sent");
    }

    private static HttpResponse<String> get(String path) throws Exception {
        URI address = URI.create("http://127.0.0.1:" + HTTP_PORT + "/" + path);
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
    }
}
