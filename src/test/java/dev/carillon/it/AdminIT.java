package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByLabelOptions;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.support.Browser;
import dev.carillon.support.Chromium;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.container.test.api.OperateOnDeployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The admin pages in a real browser, beside the demo whose users they look after, and those of {@code carillon.war} as far
 * as they differ: who is let in.
 */
@ExtendWith(ArquillianExtension.class)
class AdminIT {

    private static final Path SCREENSHOTS =
            Path.of(System.getProperty("basedir", "")).resolve("target/screenshots");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 20_000;

    private static final int PHONE_WIDTH = 390;

    private static Chromium chromium;

    @ArquillianResource
    @OperateOnDeployment("demo")
    private URL demo;

    @ArquillianResource
    @OperateOnDeployment("router")
    private URL router;

    private final List<BrowserContext> contexts = new ArrayList<>();

    @Deployment(name = "demo", testable = false)
    static WebArchive demo() {
        return war("carillon-demo.war", "admin-demo.war")
                .add(
                        new StringAsset(
                                "carillon.security.roles=sales,administrator\n"
                                        + "carillon.admin.roles=administrator\ncarillon.history=prefix orders keep 100 for PT2H\n"),
                        "WEB-INF/classes/META-INF/microprofile-config.properties");
    }

    @Deployment(name = "router", testable = false)
    static WebArchive router() {
        return war("carillon.war", "admin-router.war");
    }

    private static WebArchive war(String built, String name) {
        WebArchive archive = ShrinkWrap.create(WebArchive.class, name);
        archive.as(ZipImporter.class).importFrom(new File("target", built));
        return archive;
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

    @AfterEach
    void close() {
        contexts.forEach(BrowserContext::close);
        contexts.clear();
    }

    @Test
    void aSessionComesWhileTheAdministratorLooksAndIsEnded() {
        Page admin = administration("sessions");
        assertThat(rows(admin, "#sessions-table")).hasCount(1);
        assertThat(rows(admin, "#sessions-table")).containsText("this page");

        Page alice = orders("alice");
        assertThat(rows(admin, "#sessions-table")).hasCount(2);
        Locator row = rows(admin, "#sessions-table").filter(new Locator.FilterOptions().setHasText("alice"));
        assertThat(row).containsText("127.0.0.1");
        screenshot(admin, "admin-sessions");
        Object session = alice.evaluate("import('../carillon/carillon-faces.js').then(m => m.carillon.sessionId)");

        row.getByRole(AriaRole.BUTTON).click();
        Locator dialog = admin.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("End the session of alice?");
        assertThat(dialog.locator("#session-topics")).containsText("orders");
        screenshot(admin, "admin-session-end");
        dialog.getByRole(AriaRole.BUTTON, button("End session")).click();

        assertThat(admin.getByText("The session of alice has ended.")).isVisible();
        assertThat(admin.getByLabel("End session " + session + " of alice…")).hasCount(0);
        assertThat(admin.getByLabel("Filter by user, role or address")).isFocused();

        open(admin, "Overview");
        assertThat(admin.getByRole(AriaRole.LOG)).containsText("alice has gone");
    }

    @Test
    void aPublicationIsTriedBeforeItIsMadeAndItsTracesAreCleared() {
        Page alice = orders("alice");
        Page admin = administration("topics");
        Locator orders = rows(admin, "#topics-table").filter(new Locator.FilterOptions().setHasText("OrderListTopic"));
        assertThat(orders).containsText("sales and administrators");
        assertThat(orders.locator("td.number")).hasText("1");
        screenshot(admin, "admin-topics");

        open(admin, "Publish");
        topic(admin).fill("orders");
        admin.getByLabel("Payload, as JSON").fill("not JSON");
        tryIt(admin);
        assertThat(admin.locator("#publish-payload-error")).containsText("This is not JSON");
        admin.getByLabel("Payload, as JSON").fill("{\"number\": 17, \"by\": \"admin\", \"what\": \"announced\"}");
        admin.getByLabel("Retain it for those who subscribe later").check();
        tryIt(admin);
        Locator result = admin.locator("#publish-result");
        assertThat(result).containsText("Handled by OrderListTopic.");
        assertThat(result).containsText("Everybody who has subscribed.");
        screenshot(admin, "admin-publish");
        assertThat(alice.getByText("admin announced order 17")).hasCount(0);
        result.getByRole(AriaRole.BUTTON, button("Publish")).click();
        assertThat(result).containsText("Published to orders.");
        assertThat(alice.getByText("admin announced order 17")).isVisible();

        topic(admin).fill("nowhere..");
        tryIt(admin);
        assertThat(result).containsText("wamp.error.invalid_uri");

        open(admin, "History");
        Locator history = rows(admin, "#histories-table").filter(new Locator.FilterOptions().setHasText("orders"));
        assertThat(history).containsText("1 of 100");
        assertThat(admin.getByLabel("Clear what is retained of orders…")).isVisible();
        screenshot(admin, "admin-history");
        clear(admin, "Clear the history of prefix orders…");
        assertThat(admin.getByText("1 event of prefix orders cleared.")).isVisible();
        assertThat(history).containsText("0 of 100");
        clear(admin, "Clear what is retained of orders…");
        assertThat(admin.getByLabel("Clear what is retained of orders…")).hasCount(0);
        admin.getByLabel("Topics that begin with").fill("orders");
        assertThat(admin.getByText("Nothing is retained.")).isVisible();
    }

    @Test
    void maintenanceIsAnnouncedAfterAQuestionAndCalledOff() {
        Page admin = administration("maintenance");
        assertThat(admin.locator("#maintenance-summary")).hasText("It is open.");
        admin.getByLabel("Closes in minutes").fill("-1");
        admin.getByRole(AriaRole.BUTTON, named("Close it…")).click();
        assertThat(admin.locator("#maintenance-start-error")).hasText("Whole minutes, 0 or more.");
        admin.getByLabel("Closes in minutes").fill("60");
        admin.getByRole(AriaRole.BUTTON, named("Close it…")).click();
        Locator dialog = admin.getByRole(AriaRole.DIALOG);
        assertThat(dialog).containsText("All pages count down 60 minutes.");
        screenshot(admin, "admin-maintenance-question");
        dialog.getByRole(AriaRole.BUTTON, button("Close it")).click();
        assertThat(admin.locator("#maintenance-summary")).hasText("It is announced to be closed.");
        assertThat(admin.locator("#maintenance-facts")).containsText("A new version is installed.");
        screenshot(admin, "admin-maintenance");
        admin.getByRole(AriaRole.BUTTON, named("Call it off")).click();
        assertThat(admin.locator("#maintenance-summary")).hasText("It is open.");
        assertThat(admin.getByRole(AriaRole.HEADING, named("Maintenance"))).isFocused();
    }

    @Test
    void everythingCanBeReachedByTheKeyboard() {
        Page admin = administration("overview");
        orders("bob");
        press(admin, "Tab");
        assertThat(admin.getByText("Skip to the content")).isFocused();
        press(admin, "Tab", "Tab", "Tab", "Tab");
        assertThat(admin.getByRole(AriaRole.LINK, named("Sessions"))).isFocused();
        press(admin, "Enter");
        assertThat(admin.getByRole(AriaRole.HEADING, named("Sessions"))).isFocused();
        press(admin, "Tab");
        assertThat(admin.getByLabel("Filter by user, role or address")).isFocused();
        Locator end = admin.getByLabel(Pattern.compile("End session \\d+ of bob…"));
        assertThat(end).isVisible();
        press(admin, "Tab");
        assertThat(end).isFocused();
        screenshot(admin, "admin-keyboard");
        press(admin, "Enter");
        assertThat(admin.getByLabel("Message with the goodbye (optional)")).isFocused();
        press(admin, "Escape");
        assertThat(end).isFocused();
        press(admin, "Enter", "Tab", "Enter");
        assertThat(admin.getByText("The session of bob has ended.")).isVisible();

        open(admin, "Publish");
        press(admin, "Tab");
        assertThat(topic(admin)).isFocused();
        admin.keyboard().type("orders");
        press(admin, "Enter");
        assertThat(admin.locator("#publish-result")).containsText("Handled by OrderListTopic.");
        press(admin, "Tab", "Tab", "Tab", "Tab");
        assertThat(admin.locator("#publish-result").getByRole(AriaRole.BUTTON, button("Publish")))
                .isFocused();
    }

    @Test
    void everyViewFitsAPhone() {
        Page phone = chromium.browser()
                .newContext(new NewContextOptions().setViewportSize(PHONE_WIDTH, 844))
                .newPage();
        contexts.add(phone.context());
        phone.navigate(demo + "admin/");
        logIn(phone, "admin");
        assertLive(phone);
        for (String view : List.of(
                "Overview", "Sessions", "Topics", "History", "Publish", "Maintenance", "Counters", "Configuration")) {
            open(phone, view);
            assertThat(phone.evaluate("document.documentElement.scrollWidth")).isEqualTo(PHONE_WIDTH);
            screenshot(phone, "admin-phone-" + view.toLowerCase(Locale.ROOT));
        }
        assertThat(phone.locator("#configuration-table")).containsText("carillon.admin.roles");
    }

    @Test
    void whoHasNotTheRoleIsAnswered403AndServedNothing() {
        Page alice = orders("alice");
        Response refused = alice.navigate(demo + "admin/index.xhtml");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(alice.getByText("You are logged in as alice, who is not allowed to."))
                .isVisible();
        screenshot(alice, "admin-forbidden");
        assertThat(alice.evaluate("import('" + demo + "carillon/carillon.js')"
                        + ".then(m => m.connect().call('carillon.session.list')).catch(error => error.uri)"))
                .isEqualTo("wamp.error.not_authorized");

        alice.getByRole(AriaRole.BUTTON, named("Log out")).click();
        alice.navigate(demo + "admin/index.xhtml");
        logIn(alice, "admin");
        assertLive(alice);
    }

    @Test
    void theRouterOnItsOwnLetsAdministratorsInAndLeavesTheRestOpen() throws URISyntaxException {
        URI own = router.toURI();
        Browser nobody = new Browser(own);
        assertThat(nobody.get("").body()).contains("The router is running", "admin/index.xhtml");
        assertThat(nobody.postTicket(Map.of("Content-Type", "application/json", "Origin", nobody.origin()))
                        .statusCode())
                .isEqualTo(401);
        assertThat(nobody.get("admin/index.xhtml").body()).contains("j_security_check");

        Page admin = page();
        admin.navigate(own.resolve("admin/").toString());
        screenshot(admin, "admin-login");
        admin.getByLabel("User name").fill("admin");
        admin.getByLabel("Password").fill("wrong");
        admin.getByRole(AriaRole.BUTTON, named("Log in")).click();
        assertThat(admin.getByRole(AriaRole.ALERT)).hasText("User name and password do not match. Please try again.");
        logIn(admin, "admin");
        assertLive(admin);
        open(admin, "Topics");
        assertThat(admin.locator("#topics-table")).containsText("carillon/maintenance");
        open(admin, "History");
        admin.getByLabel("Topics that begin with").fill("nothing");
        assertThat(admin.getByText("Nothing is retained.")).isVisible();
        screenshot(admin, "admin-history-empty");
        admin.getByRole(AriaRole.BUTTON, named("Log out")).click();
        assertThat(admin.getByRole(AriaRole.HEADING, named("Carillon"))).isVisible();
        screenshot(admin, "admin-start");

        Page alice = page();
        alice.navigate(own.resolve("admin/").toString());
        logIn(alice, "alice");
        assertThat(alice.getByText("You are logged in as alice, who is not allowed to."))
                .isVisible();
    }

    private Page page() {
        BrowserContext context = chromium.browser().newContext(new NewContextOptions().setViewportSize(1200, 800));
        contexts.add(context);
        return context.newPage();
    }

    private Page administration(String view) {
        Page page = page();
        page.navigate(demo + "admin/index.xhtml");
        logIn(page, "admin");
        assertLive(page);
        page.navigate(demo + "admin/index.xhtml#" + view);
        return page;
    }

    private Page orders(String user) {
        Page page = page();
        page.navigate(demo + "demo/orders.xhtml");
        logIn(page, user);
        assertLive(page);
        return page;
    }

    private static void logIn(Page page, String user) {
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill(user);
        page.getByRole(AriaRole.BUTTON, named("Log in")).click();
    }

    private static void open(Page page, String view) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(
                        AriaRole.LINK,
                        new Locator.GetByRoleOptions().setName(view).setExact(true))
                .click();
        assertThat(page.getByRole(AriaRole.HEADING, named(view))).isFocused();
    }

    private static void tryIt(Page page) {
        page.getByRole(AriaRole.BUTTON, named("Try")).click();
    }

    private static void clear(Page page, String label) {
        page.getByLabel(label).click();
        page.getByRole(AriaRole.DIALOG)
                .getByRole(AriaRole.BUTTON, button("Clear"))
                .click();
    }

    private static void press(Page page, String... keys) {
        for (String key : keys) {
            page.keyboard().press(key);
        }
    }

    private static void assertLive(Page page) {
        assertThat(page.locator("#connection")).hasText("live");
    }

    private static Locator topic(Page page) {
        return page.getByLabel("Topic", new GetByLabelOptions().setExact(true));
    }

    private static Locator rows(Page page, String table) {
        return page.locator(table + " tbody tr");
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }

    private static Locator.GetByRoleOptions button(String name) {
        return new Locator.GetByRoleOptions().setName(name).setExact(true);
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
