package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.carillon.it.revocation.Staff;
import dev.carillon.support.Chromium;
import dev.carillon.support.Library;
import java.io.File;
import java.net.URL;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An EJB takes a right away in a transaction; pages in a real browser lose what they had by it, when it has committed. */
@ExtendWith(ArquillianExtension.class)
class RevocationIT {

    private static final File PAGES = new File("src/test/resources/revocation");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 20_000;

    private static Chromium chromium;

    @ArquillianResource
    private URL deployment;

    private final List<BrowserContext> contexts = new ArrayList<>();

    @Deployment(testable = false)
    static WebArchive application() {
        return Library.warWithLogin("revocation.war", Staff.class.getPackage())
                .addAsResource(new File(PAGES, "persistence.xml"), "META-INF/persistence.xml")
                .addAsWebResource(new File(PAGES, "office.html"));
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
    void hire() {
        BrowserContext office = newContext();
        get(office, "staff/hire?alice");
        get(office, "staff/hire?bob");
    }

    @AfterEach
    void close() {
        contexts.forEach(BrowserContext::close);
    }

    @Test
    void whoHasLostTheRightIsToldAndHearsNoMoreAndTheOthersDo() {
        Page alice = watches("alice");
        Page bob = watches("bob");
        get(bob.context(), "staff/dismiss?alice");
        get(bob.context(), "staff/announce?later");
        hears(bob, "before alice goes", "alice has gone", "later");
        hears(alice, "before alice goes", "wamp.error.not_authorized", "revoked office/board");
        assertThat(alice.evaluate("carillon.state")).isEqualTo("open");
        assertThat(alice.evaluate("carillon.subscribe('office/board', () => {}).then(() => 'allowed', e => e.uri)"))
                .isEqualTo("wamp.error.not_authorized");
        hears(alice, "before alice goes", "wamp.error.not_authorized", "revoked office/board");
    }

    @Test
    void aRegistrationIsTakenAwayToo() {
        Page alice = watches("alice", "#bell");
        Page bob = watches("bob");
        assertThat(bob.evaluate("carillon.call('office.bell').then(({ result }) => result)"))
                .isEqualTo("rings");
        get(bob.context(), "staff/dismiss?alice");
        hears(alice, "before alice goes", "wamp.error.not_authorized", "revoked office/board", "revoked office.bell");
        assertThat(bob.evaluate("carillon.call('office.bell').catch(error => error.uri)"))
                .isEqualTo("wamp.error.no_such_procedure");
    }

    @Test
    void firedAsyncItCountsForTheTransactionToo() {
        Page alice = watches("alice");
        Page bob = watches("bob");
        get(bob.context(), "staff/dismiss-async?alice");
        hears(alice, "ding", "wamp.error.not_authorized", "revoked office/board");
        get(bob.context(), "staff/announce?later");
        hears(bob, "ding", "later");
        hears(alice, "ding", "wamp.error.not_authorized", "revoked office/board");
    }

    @Test
    void afterARollbackNothingHasHappenedAndNobodyIsAskedAbout() {
        Page alice = watches("alice");
        Page bob = watches("bob");
        String asked = get(bob.context(), "staff/asked");
        get(bob.context(), "staff/dismiss-in-vain?alice");
        get(bob.context(), "staff/announce?later"); // goes through the same queue
        hears(alice, "later");
        hears(bob, "later");
        assertThat(get(bob.context(), "staff/asked")).isEqualTo(asked);
    }

    private Page watches(String user) {
        return watches(user, "");
    }

    private Page watches(String user, String hash) {
        BrowserContext context = newContext();
        get(context, "account");
        APIResponse login = context.request()
                .post(
                        deployment + "j_security_check",
                        RequestOptions.create()
                                .setForm(FormData.create()
                                        .set("j_username", user)
                                        .set("j_password", user)));
        assertThat(login.text()).isEqualTo(user);
        Page page = context.newPage();
        page.navigate(deployment + "office.html" + hash);
        assertThat(page.locator("html")).hasAttribute("data-ready", "true");
        return page;
    }

    private BrowserContext newContext() {
        BrowserContext context = chromium.browser().newContext();
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
        contexts.add(context);
        return context;
    }

    private String get(BrowserContext context, String path) {
        APIResponse response = context.request().get(deployment + path);
        assertThat(response.status()).as(path).isEqualTo(200);
        return response.text();
    }

    /** Exactly these so far. */
    private static void hears(Page page, String... expected) {
        assertThat(page.locator("html")).hasAttribute("data-heard", String.join(",", expected));
    }
}
