package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.carillon.it.faces.PolicyFilter;
import dev.carillon.it.outdated.Order;
import dev.carillon.support.Chromium;
import dev.carillon.support.FaultyNetwork;
import dev.carillon.support.Library;
import java.io.File;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
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
 * Pages of real users learn what others do to the records that they show, and who else is there: an application with Faces,
 * JPA and the library in WEB-INF/lib. That something was not told is shown by what is told next.
 */
@ExtendWith(ArquillianExtension.class)
class OutdatedIT {

    private static final File FILES = new File("src/test/resources/outdated");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    private static Chromium chromium;

    @ArquillianResource
    private URL deployment;

    private final List<BrowserContext> contexts = new ArrayList<>();
    private final List<String> console = new ArrayList<>();
    private User alice;
    private User bob;
    private String order;

    @Deployment(testable = false)
    static WebArchive application() {
        return Library.warWithLogin("outdated.war", Order.class.getPackage())
                .addClass(PolicyFilter.class)
                .addAsResource(new File(FILES, "persistence.xml"), "META-INF/persistence.xml")
                .addAsResource(new File(FILES, "orm.xml"), "META-INF/orm.xml")
                .addAsResource(
                        new StringAsset("carillon.ping.interval=PT1S\ncarillon.ping.timeout=PT3S\n"),
                        "META-INF/microprofile-config.properties")
                .addAsWebInfResource(new StringAsset("""
                        <faces-config xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.0"/>
                        """), "faces-config.xml")
                .addAsWebResource(new File(FILES, "order.xhtml"))
                .addAsWebResource(new File(FILES, "orders.xhtml"))
                .addAsWebResource(new File(FILES, "plain.js"));
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
        alice = user("alice");
        bob = user("bob");
        order = bob.does("add", "", "Miller");
    }

    @AfterEach
    void close() {
        contexts.forEach(BrowserContext::close);
    }

    @Test
    void whatSomebodyElseEditsIsToldOnceAndReloadShowsIt() {
        Page page = alice.opens("order.xhtml?id=" + order);
        bob.does("edit", order, "Mueller");
        told(page, "Order " + order + " was changed by bob");
        bob.does("edit", order, "Schmidt");
        user("admin").does("edit", order, "Smith");
        told(page, "Order " + order + " was changed by bob and admin");
        screenshot(page, "outdated");
        page.setViewportSize(390, 844);
        screenshot(page, "outdated-phone");
        page.getByText("Reload").click();
        assertThat(page.locator("#shown")).hasText("Smith");
        subscribed(page);
        told(page);
    }

    /** In pages without {@code f:ajax}, whose own handlers are inline. */
    @ParameterizedTest
    @ValueSource(strings = {"self", "nonce"})
    void aContentSecurityPolicyIsRespectedAndTheKeyboardIsEnough(String policy) {
        Page page = alice.opens("orders.xhtml?policy=" + policy);
        bob.does("edit", order, "Mueller");
        told(page, "The list of orders was changed by bob");
        assertThat(page.locator(".carillon-flashes")).hasCSS("position", "fixed");
        assertThat(page.locator(".carillon-flashes")).hasAttribute("role", "status");
        page.locator("#link").focus();
        page.keyboard().press("Tab");
        assertThat(page.getByText("Reload")).isFocused();
        page.keyboard().press("Escape");
        told(page);
        assertThat(page.locator("#link")).isFocused();
        bob.does("edit", order, "Schmidt");
        told(page, "The list of orders was changed by bob");
        assertThat(console).noneMatch(text -> text.contains("Content Security Policy"));
    }

    @Test
    void aListLearnsOfNewOfEditedAndOfRemovedRecords() {
        for (String deed : List.of("add", "edit", "remove")) {
            Page page = alice.opens("orders.xhtml");
            bob.does(deed, order, "Mueller");
            told(page, "The list of orders was changed by bob");
            page.close();
        }
    }

    @Test
    void aRecordThatIsRemovedIsSaidToBe() {
        Page page = alice.opens("order.xhtml?id=" + order);
        bob.does("edit", order, "Mueller");
        told(page, "Order " + order + " was changed by bob");
        bob.does("remove", order, "");
        told(page, "Order " + order + " was removed by bob");
    }

    @Test
    void theTabThatSavesIsNotToldAndTheOthersOfItsUserAreInOtherWords() {
        Page saving = alice.opens("order.xhtml?id=" + order);
        Page other = alice.opens("order.xhtml?id=" + order);
        saving.locator("#form\\:customer").fill("Mueller");
        saving.locator("#form\\:apply").click(); // by ajax
        told(other, "You changed Order " + order + " in another tab");
        assertThat(saving.locator("#form\\:apply")).isVisible();
        saving.locator("#form\\:customer").fill("Schmidt");
        saving.locator("#form\\:save").click(); // and is redirected
        assertThat(saving.locator("#shown")).hasText("Schmidt");
        subscribed(saving);
        bob.does("edit", order, "Smith");
        told(saving, "Order " + order + " was changed by bob");
        told(other, "You changed Order " + order + " in another tab", "Order " + order + " was changed by bob");
    }

    @Test
    void aCallIsOfItsCallerAndThePageThatCallsIsNotTold() {
        Page calling = bob.opens("orders?id=" + order);
        Page hers = alice.opens("order.xhtml?id=" + order);
        assertThat(calling.locator("html")).hasAttribute("data-ready", "true");
        calling.evaluate("id => carillon.call('orders.edit', [Number(id), 'Mueller']).then(() => {})", order);
        told(hers, "Order " + order + " was changed by bob");
        user("alice").does("edit-later", order, "Schmidt");
        told(calling, "Order " + order + " was changed by alice");
    }

    @Test
    void whatIsRolledBackIsNotTold() {
        Page page = alice.opens("order.xhtml?id=" + order);
        assertThat(bob.does("edit-in-vain", order, "Mueller")).isEqualTo("rolled back");
        user("admin").does("edit", order, "Smith");
        told(page, "Order " + order + " was changed by admin");
    }

    @Test
    void aTransactionIsOneMessageHoweverOftenItFlushes() {
        Page page = alice.opens("orders?id=" + order);
        page.evaluate("window.heard = [];"
                + " carillon.subscribe('carillon/content/Order', ({ payload }) => heard.push(payload)).then(() => {})");
        bob.does("edit-slowly", order, "Mueller");
        bob.does("edit", order, "Schmidt");
        page.waitForFunction("heard.length >= 2");
        assertThat(page.evaluate("heard.map(({ changed, by }) => `${changed} ${by}`)"))
                .isEqualTo(List.of("Order#" + order + ",Order bob", "Order#" + order + ",Order bob"));
    }

    @Test
    void whatIsChangedBetweenTheDataAndTheSubscriptionIsToldAtOnce() {
        Deque<Route> tickets = new ArrayDeque<>();
        Page page = alice.context.newPage();
        page.route("**/wamp/ticket", tickets::add);
        page.navigate(deployment + "order.xhtml?id=" + order);
        page.waitForCondition(() -> !tickets.isEmpty());
        bob.does("edit", order, "Mueller");
        tickets.remove().resume();
        told(page, "Order " + order + " was changed by bob");
        assertThat(page.locator("#shown")).hasText("Miller");
    }

    @Test
    void aPageWhosePositionIsGoneMayBeOutdated() {
        Page page = alice.opens("order.xhtml?id=" + order);
        page.evaluate("""
                async tags => {
                  const { carillon } = await import('/outdated/carillon/carillon-faces.js');
                  const { trackContent } = await import('/outdated/carillon/carillon-content.js');
                  await trackContent({ carillon, tags, after: 'of-another-epoch:1' }).ready;
                }
                """, "Order#" + order);
        told(page, "This page may be outdated");
    }

    @Test
    void hibernateTellsTheOwnerOfACollection() {
        Page page = alice.opens("order.xhtml?id=" + order);
        bob.does("note", order, "urgent");
        told(page, "Order " + order + " was changed by bob");
    }

    @Test
    void whatJpaDoesNotNoticeTheApplicationMaySay() {
        Page page = alice.opens("order.xhtml?id=" + order);
        bob.does("edit-by-query", order, "Mueller");
        told(page, "Order " + order + " was changed by bob");
    }

    @Test
    void whoHasNoRightIsNotToldAndSeesNobody() {
        Page page = user("admin").opens("orders?id=" + order);
        assertThat(page.locator("html")).hasAttribute("data-ready", "true");
        assertThat(console).anyMatch(text -> text.contains("changes of Order are not for this user"));
        assertThat(console).anyMatch(text -> text.contains("who is at a record of Order is not for this user"));
        Page his = alice.opens("order.xhtml?id=" + order + "&mode=editing");
        bob.does("edit", order, "Mueller");
        told(his, "Order " + order + " was changed by bob");
        told(page);
        assertThat(page.locator("#others")).hasText("");
    }

    @Test
    void aPageWithoutFacesDoesTheSame() {
        Page page = alice.opens("orders?id=" + order);
        assertThat(page.locator("html")).hasAttribute("data-ready", "true");
        page.locator("input[name=customer]").fill("Mueller");
        page.getByText("Save").click();
        assertThat(page.locator("h1")).hasText("Mueller");
        assertThat(page.locator("html")).hasAttribute("data-ready", "true");
        bob.does("edit", order, "Schmidt");
        told(page, "Order " + order + " was changed by bob");
    }

    // --- Who else is here ------------------------------------------------------------------------------------------

    @Test
    void whoEditsIsSeenByTheOthersAsLongAsItLasts() {
        Page hers = alice.opens("order.xhtml?id=" + order);
        Page his = bob.opens("order.xhtml?id=" + order);
        assertThat(here(hers)).hasText("bob is viewing this order");
        assertThat(here(his)).hasText("alice is viewing this order");
        his.locator("#form\\:edit").click();
        assertThat(here(hers)).hasText("bob is editing this order");
        assertThat(here(his)).hasText("alice is viewing this order"); // in an element that is new
        screenshot(hers, "here");
        Page second = bob.opens("order.xhtml?id=" + order);
        assertThat(here(second)).hasText("alice is viewing this order");
        assertThat(here(hers)).hasText("bob is editing this order");
        second.close();
        his.close();
        assertThat(here(hers)).hasText("");
    }

    @Test
    void whoseBrowserIsKilledIsGone() {
        Page hers = alice.opens("order.xhtml?id=" + order);
        try (Chromium another = Chromium.launch()) {
            new User(another.browser(), "bob", URI.create(deployment.toString()))
                    .opens("order.xhtml?mode=editing&id=" + order);
            assertThat(here(hers)).hasText("bob is editing this order");
            another.kill();
            assertThat(here(hers)).hasText("");
        }
    }

    @Test
    void whoseNetworkIsCutIsGoneAndComesBackWithIt() throws Exception {
        try (FaultyNetwork network = new FaultyNetwork(deployment.toURI())) {
            Page hers = alice.opens("order.xhtml?id=" + order);
            new User(chromium.browser(), "bob", network.address(deployment.toURI())).opens("orders?id=" + order);
            assertThat(here(hers)).hasText("bob is viewing this order");
            network.fallsSilent();
            assertThat(here(hers)).hasText("");
            network.speaksAgain();
            assertThat(here(hers)).hasText("bob is viewing this order");
        }
    }

    private static Locator here(Page page) {
        return page.locator("#here, #others");
    }

    /** Exactly these messages. */
    private static void told(Page page, String... texts) {
        assertThat(page.locator(".carillon-flash-text")).hasText(texts);
    }

    /** Waits until the router has answered what the page has asked for: it answers in order. */
    private static void subscribed(Page page) {
        page.evaluate("""
                async () => {
                  const { carillon } = await import('/outdated/carillon/carillon-faces.js');
                  await import('/outdated/carillon/carillon-content.js');
                  await (await carillon.subscribe('carillon/content/Order', () => {})).unsubscribe();
                }
                """);
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(Path.of("target/screenshots").resolve(name + ".png")));
    }

    private User user(String name) {
        return new User(chromium.browser(), name, URI.create(deployment.toString()));
    }

    /** Somebody who has logged in; a browser of his own. */
    private final class User {

        private final BrowserContext context;
        private final URI application;

        User(Browser browser, String name, URI application) {
            this.application = application;
            this.context = browser.newContext();
            context.setDefaultTimeout(PATIENCE_MILLISECONDS);
            context.onConsoleMessage(message -> console.add(message.text()));
            contexts.add(context);
            context.request().get(application.resolve("account").toString());
            FormData form = FormData.create().set("j_username", name).set("j_password", name);
            context.request()
                    .post(
                            application.resolve("j_security_check").toString(),
                            RequestOptions.create().setForm(form));
        }

        /** Elsewhere, without a page. */
        String does(String deed, String id, String customer) {
            return context.request()
                    .post(application
                            .resolve("orders?do=" + deed + "&id=" + id + "&customer=" + customer)
                            .toString())
                    .text();
        }

        Page opens(String path) {
            Page page = context.newPage();
            page.navigate(application.resolve(path).toString());
            if (path.contains(".xhtml")) {
                subscribed(page);
            }
            return page;
        }
    }
}
