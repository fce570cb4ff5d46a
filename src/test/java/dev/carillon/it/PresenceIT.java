package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.carillon.it.presence.DeskTopic;
import dev.carillon.support.Chromium;
import dev.carillon.support.FaultyNetwork;
import dev.carillon.support.Library;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
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

/**
 * Who sits at a desk, in pages of real users: whatever becomes of their tabs, networks, browsers and logins. A page notes
 * every list that it is given. That nothing was told is shown by what is told next.
 */
@ExtendWith(ArquillianExtension.class)
class PresenceIT {

    private static final Duration PING_INTERVAL = Duration.ofSeconds(1);
    private static final Duration PING_TIMEOUT = Duration.ofSeconds(3);

    /** A page must be loaded again within that, on a busy machine too. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    private static Chromium chromium;
    private static int desks;

    @ArquillianResource
    private URL deployment;

    private final String desk = "number" + ++desks;
    private final List<BrowserContext> contexts = new ArrayList<>();
    private FaultyNetwork network;

    @Deployment(testable = false)
    static WebArchive application() {
        return Library.warWithLogin("presence.war", DeskTopic.class.getPackage())
                .addAsResource(
                        new StringAsset("carillon.security.roles=administrator,sales\ncarillon.ping.interval="
                                + PING_INTERVAL + "\ncarillon.ping.timeout=" + PING_TIMEOUT
                                + "\ncarillon.presence.grace=" + GRACE + "\n"),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @BeforeEach
    void open() throws URISyntaxException {
        network = new FaultyNetwork(deployment.toURI());
    }

    @AfterEach
    void close() throws Exception {
        contexts.forEach(BrowserContext::close);
        network.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aUserIsThereOnceWithTwoTabsAndAPageThatIsLoadedAgainDoesNotFlicker(boolean shared) {
        User alice = user("alice");
        List<Page> hers = List.of(alice.sits(shared), alice.sits(shared));
        hers.forEach(tab -> tab.evaluate("watch()"));
        assertThat(session(hers.get(0)).equals(session(hers.get(1)))).isEqualTo(shared);
        User bob = user("bob");
        Page his = bob.sits(false);
        hers.forEach(tab -> awaitList(tab, "alice bob"));
        assertThat(attendance()).isEqualTo("alice bob");

        Page second = bob.sits(false);
        second.close();
        his.reload();
        bob.sit(his, false);
        hers.get(0).close();
        Page admins = user("admin").sits(false);
        awaitList(hers.get(1), "admin alice bob");
        admins.close();
        awaitList(hers.get(1), "alice bob");
        assertThat(lists(hers.get(1))).containsExactly("alice", "alice bob", "admin alice bob", "alice bob");
        assertThat(attendance()).isEqualTo("alice bob");

        his.close();
        awaitList(hers.get(1), "alice");
        assertThat(attendance()).isEqualTo("alice");
    }

    @Test
    void whoseNetworkIsCutWithoutACloseIsGoneAfterThePingTimeoutAndTheGraceAndComesBackWithIt() throws Exception {
        Page hers = user("alice").watches();
        Page his = user("bob", network.address(deployment.toURI())).sits(false);
        awaitList(hers, "bob");
        long cut = System.nanoTime();
        network.fallsSilent();
        awaitList(hers, "");
        assertThat(Duration.ofNanos(System.nanoTime() - cut)).isGreaterThan(GRACE);
        assertThat(attendance()).isEmpty();
        network.speaksAgain();
        awaitList(hers, "bob");
        his.waitForFunction("restored === 1");
        assertThat(lists(hers)).containsExactly("", "bob", "", "bob");
    }

    @Test
    void afterAnOutageOfHerOwnTheListIsThatOfNowAndNoGapIsTold() throws Exception {
        Page his = user("bob").sits(false);
        Page hers = user("alice", network.address(deployment.toURI())).watches();
        awaitList(hers, "bob");
        network.goesDown();
        hers.waitForFunction("carillon.state !== 'open'");
        his.close();
        user("admin").sits(false);
        network.comesUp();
        hers.waitForFunction("restored === 1");
        awaitList(hers, "admin");
        assertThat(hers.evaluate("gaps")).isEqualTo(0);
    }

    @Test
    void whoseBrowserIsKilledIsGone() {
        Page hers = user("alice").watches();
        try (Chromium another = Chromium.launch()) {
            new User(another.browser(), "bob", URI.create(deployment.toString())).sits(false);
            awaitList(hers, "bob");
            another.kill();
            awaitList(hers, "");
        }
        assertThat(lists(hers)).containsExactly("", "bob", "");
        assertThat(attendance()).isEmpty();
    }

    @Test
    void whoLogsOutIsGone() {
        Page hers = user("alice").watches();
        User bob = user("bob");
        Page one = bob.sits(false);
        Page two = bob.sits(false);
        awaitList(hers, "bob");
        bob.get("account?logout");
        List.of(one, two).forEach(tab -> tab.waitForFunction("carillon.state === 'login'"));
        awaitList(hers, "");
        assertThat(attendance()).isEmpty();
    }

    @Test
    void whoMayNotSeeItIsRefusedAndStillMaySitThere() {
        Page admins = user("admin").sits(false);
        assertThat(admins.evaluate("watch().then(() => 'accepted', error => error.uri)"))
                .isEqualTo("wamp.error.not_authorized");
        assertThat(lists(admins)).isEmpty();
        assertThat(attendance()).isEqualTo("admin");
    }

    private User user(String name) {
        return user(name, URI.create(deployment.toString()));
    }

    private User user(String name, URI application) {
        return new User(chromium.browser(), name, application);
    }

    /** What the EJB says. */
    private String attendance() {
        return new dev.carillon.support.Browser(URI.create(deployment.toString()))
                .get("attendance?" + desk)
                .body();
    }

    private static void awaitList(Page page, String users) {
        page.waitForFunction("users => lists.at(-1) === users", users);
    }

    @SuppressWarnings("unchecked")
    private static List<String> lists(Page page) {
        return (List<String>) page.evaluate("lists");
    }

    private static Object session(Page page) {
        return page.evaluate("carillon.sessionId");
    }

    /** Somebody who has logged in; a browser of his own. */
    private final class User {

        private final BrowserContext context;
        private final URI application;

        User(Browser browser, String name, URI application) {
            this.application = application;
            this.context = browser.newContext();
            context.setDefaultTimeout(PATIENCE_MILLISECONDS);
            contexts.add(context);
            get("account");
            FormData form = FormData.create().set("j_username", name).set("j_password", name);
            context.request()
                    .post(
                            application.resolve("j_security_check").toString(),
                            RequestOptions.create().setForm(form));
            assertThat(get("account")).isEqualTo(name);
        }

        String get(String path) {
            return context.request().get(application.resolve(path).toString()).text();
        }

        /** A new tab that subscribes to the desk. */
        Page sits(boolean shared) {
            Page page = page();
            sit(page, shared);
            return page;
        }

        void sit(Page page, boolean shared) {
            connect(page, shared);
            page.evaluate("carillon.subscribe(topic, () => {}).then(() => {})");
        }

        /** A new tab that only wants to know who is at the desk. */
        Page watches() {
            Page page = page();
            connect(page, false);
            page.evaluate("watch()");
            return page;
        }

        /** A page of the application's origin that is nothing but a place for scripts. */
        private Page page() {
            Page page = context.newPage();
            page.navigate(application.resolve("carillon/carillon.js").toString());
            return page;
        }

        private void connect(Page page, boolean shared) {
            page.evaluate("""
                    async ([topic, shared]) => {
                      const { connect } = await import(location.href);
                      Object.assign(window, { topic, lists: [], gaps: 0, restored: 0 });
                      window.carillon = connect({ shared, retry: { first: 200, cap: 500 }, connectTimeout: 5000 });
                      carillon.addEventListener('restored', () => { restored++; });
                      carillon.addEventListener('gap', () => { gaps++; });
                      window.watch = async () => {
                        await carillon.presence(topic, users => lists.push(users.join(' ')));
                      };
                    }
                    """, Arrays.asList("desks/" + desk, shared));
        }
    }
}
