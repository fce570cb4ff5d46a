package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import dev.carillon.support.Chromium;
import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo as two people see it, each in a browser of their own: from the EJB of one to the open page of the other. The
 * tests share a server, and so the orders; each works on orders of its own.
 */
class DemoIT {

    private static final int PORT_OFFSET = 1500;
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final Path WAR = BASE.resolve("target/carillon-demo.war");
    private static final Path SCREENSHOTS = BASE.resolve("target/screenshots");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 20_000;

    private static Chromium chromium;
    private static WildFlyServer server;

    @BeforeAll
    static void start() {
        chromium = Chromium.launch();
        setDefaultAssertionTimeout(PATIENCE_MILLISECONDS);
        server = WildFlyServer.start("demo", WAR, PORT_OFFSET, Map.of());
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    void aliceSeesInHerOpenListWhatBobShips() {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            Page alice = list(alices, "alice");
            assertThat(badge(alice, 17)).hasText("packed");
            alice.evaluate("window.neverReloaded = true");

            Page bob = list(bobs, "bob");
            ship(bob, 17);
            assertThat(bob.getByText("Order 17 is saved.")).isVisible();

            assertThat(alice.getByText("bob shipped order 17")).isVisible();
            assertThat(badge(alice, 17)).hasText("shipped");
            assertThat(row(alice, 17)).containsText("bob");
            assertThat(row(alice, 17)).hasClass("changed");
            screenshot(alice, "orders");
            assertThat(alice.evaluate("window.neverReloaded")).isEqualTo(true);
        }
    }

    @Test
    void theEditPageTellsWhoSavedFirst() {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            Page alice = list(alices, "alice");
            open(alice, 16);
            alice.getByLabel("Note").fill("Call before delivery.");

            Page bob = list(bobs, "bob");
            open(bob, 16);
            assertThat(alice.getByText("bob is editing this order")).isVisible();
            assertThat(bob.getByText("alice is editing this order")).isVisible();
            screenshot(alice, "order-bob-is-editing");
            save(bob, "shipped");

            assertThat(alice.getByText("Order 16 was changed by bob")).hasCount(1);
            assertThat(alice.getByText("bob is editing this order")).hasCount(0);
            assertThat(alice.getByLabel("Note")).hasValue("Call before delivery.");
            open(bob, 16);
            assertThat(alice.getByText("bob is editing this order")).isVisible();
            screenshot(alice, "order-changed-by-bob");

            alice.getByRole(AriaRole.BUTTON, named("Save")).click();
            assertThat(alice.getByRole(AriaRole.ALERT)).containsText("Not saved: bob saved order 16 first");
            screenshot(alice, "order-not-saved");

            alice.getByRole(AriaRole.LINK, named("Reload the order")).click();
            assertThat(alice.getByLabel("Status")).hasValue("SHIPPED");
            assertThat(alice.getByRole(AriaRole.ALERT)).hasCount(0);
        }
    }

    @Test
    void pricesMoveInTheOpenPageAndAfterAnOutage() {
        try (BrowserContext alices = browser()) {
            alices.addInitScript(KEEP_SOCKETS);
            Page alice = go(list(alices, "alice"), "Prices");
            Locator tea = alice.locator("[data-symbol=tea] .chart-line");
            String before = tea.getAttribute("d");
            assertThat(tea).not().hasAttribute("d", before);
            screenshot(alice, "prices");

            alice.evaluate("sockets.forEach(socket => socket.close())");
            assertThat(connection(alice)).hasText("reconnecting…");
            assertLive(alice);
            String after = tea.getAttribute("d");
            assertThat(tea).not().hasAttribute("d", after);
        }
    }

    @Test
    void whatOneSaysInTheChatTheOtherReadsAtOnce() {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            Page alice = go(list(alices, "alice"), "Chat");
            Page bob = go(list(bobs, "bob"), "Chat");
            assertThat(alice.locator("#here")).hasText("Here with you: bob");

            alice.getByRole(AriaRole.TEXTBOX, named("Message")).fill("Has order 17 left the house?");
            alice.getByRole(AriaRole.TEXTBOX, named("Message")).press("Enter");
            assertThat(bob.locator(".line").last()).containsText("alice");
            assertThat(bob.locator(".line").last()).containsText("Has order 17 left the house?");
            assertThat(alice.getByRole(AriaRole.TEXTBOX, named("Message"))).hasValue("");

            bob.getByRole(AriaRole.TEXTBOX, named("Message")).fill("This morning. <b>On the ferry!</b>");
            bob.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(alice.locator(".line").last()).containsText("This morning. <b>On the ferry!</b>");
            screenshot(alice, "chat");

            bob.reload();
            assertThat(bob.locator(".line")).hasCount(2);
        }
    }

    @Test
    void aMessageThatIsRefusedIsNotLost() {
        try (BrowserContext alices = browser()) {
            Page alice = go(list(alices, "alice"), "Chat");
            alice.getByRole(AriaRole.TEXTBOX, named("Message")).evaluate("text => text.removeAttribute('maxlength')");
            alice.getByRole(AriaRole.TEXTBOX, named("Message")).fill("x".repeat(501));
            alice.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(alice.getByRole(AriaRole.ALERT)).hasText("Not sent: A message has 500 characters at most");
            assertThat(alice.getByRole(AriaRole.TEXTBOX, named("Message"))).hasValue("x".repeat(501));
        }
    }

    @Test
    void aMailIsCountedInEveryOpenPageUntilItIsRead() {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            Page alice = go(list(alices, "alice"), "Prices");
            assertThat(unread(alice)).isEmpty();
            Page bob = go(list(bobs, "bob"), "Mail");
            bob.getByRole(AriaRole.TEXTBOX, named("Message")).fill("  ");
            bob.getByRole(AriaRole.BUTTON, named("Send")).click();
            assertThat(bob.getByText("There is nothing in this message.")).isVisible();
            write(bob, "alice", "The lenses of order 15 are in box 3.");
            write(bob, "alice", "<b>Fragile!</b>");

            assertThat(unread(alice)).hasText("2 new");
            screenshot(alice, "mail-counter");
            Page otherTab = alices.newPage();
            otherTab.navigate(address("demo/orders.xhtml"));
            assertThat(unread(otherTab)).hasText("2 new");

            go(alice, "Mail");
            assertThat(unread(alice)).isEmpty();
            assertThat(unread(otherTab)).isEmpty();
            assertThat(alice.locator(".mail")).hasCount(2);
            assertThat(alice.locator(".mail").first()).containsText("<b>Fragile!</b>");
            assertThat(alice.locator(".mail .unread")).hasCount(2);
            screenshot(alice, "mail");

            write(bob, "alice", "On the ferry now.");
            assertThat(alice.locator(".mail").first()).containsText("On the ferry now.");
            assertThat(unread(alice)).isEmpty();
            assertThat(bob.locator(".mail")).hasCount(0);
            alice.setViewportSize(390, 844);
            assertFits(alice, "phone-mail-received");
        }
    }

    @Test
    void whoHasStartedAnExportLearnsOnWhateverPageThatItIsDone() throws IOException {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            Page bob = list(bobs, "bob");
            Page alice = list(alices, "alice");
            alice.getByRole(AriaRole.BUTTON, named("Export orders")).click();
            assertThat(alice.getByText("The export has begun.")).isVisible();
            go(alice, "Chat");
            assertThat(alice.getByText("Export of orders is finished")).isVisible();
            screenshot(alice, "export-finished");
            assertThat(bob.getByText("Export of orders is finished")).hasCount(0);

            Locator show = alice.getByRole(AriaRole.LINK, named("Show"));
            String file = String.valueOf(show.evaluate("link => link.href"));
            Download download = alice.waitForDownload(show::click);
            assertThat(Files.readString(download.path()))
                    .startsWith("order,customer,total,status")
                    .contains("13,\"Ostrander & Finch Bakery\",89.95,shipped");
            assertThat(bobs.request().get(file).status()).isEqualTo(404);
        }
    }

    @Test
    void openPagesWaitWhileAnAdministratorHasClosedTheDemo() {
        try (BrowserContext alices = browser();
                BrowserContext admins = browser();
                BrowserContext strangers = browser()) {
            Page alice = list(alices, "alice");
            alice.evaluate("window.notReloaded = true");
            Page admin = list(admins, "admin");
            admin.getByRole(AriaRole.LINK, named("Administration")).click();
            admin.getByRole(AriaRole.LINK, named("Maintenance")).click();

            close(admin, 5);
            assertThat(alice.getByText("A new version is installed.")).isVisible();
            screenshot(alice, "maintenance-announced");

            close(admin, 0);
            Locator dialog = alice.getByRole(AriaRole.ALERTDIALOG);
            assertThat(dialog).containsText("A new version is installed.");
            screenshot(alice, "maintenance-closed");
            alice.setViewportSize(390, 844);
            assertFits(alice, "phone-maintenance-closed");
            Page stranger = strangers.newPage();
            assertThat(stranger.navigate(address("")).status()).isEqualTo(503);
            aSecondAdministratorLogsInMeanwhile();

            admin.getByRole(AriaRole.BUTTON, named("Open it again")).click();
            assertThat(dialog).hasCount(0);
            alice.waitForFunction("!window.notReloaded");
            assertLive(alice);
        }
    }

    private static void aSecondAdministratorLogsInMeanwhile() {
        try (BrowserContext admins = browser()) {
            Page admin = admins.newPage();
            admin.navigate(address("demo/login.xhtml"));
            logIn(admin, "admin", "admin");
            admin.navigate(address("demo/orders.xhtml"));
            assertLive(admin);
            assertThat(admin.getByRole(AriaRole.ALERTDIALOG)).hasCount(0);
            screenshot(admin, "maintenance-administrator");
            admin.setViewportSize(390, 844);
            assertFits(admin, "phone-maintenance-administrator");
        }
    }

    private static void close(Page admin, int minutes) {
        admin.getByLabel("Closes in minutes").fill(String.valueOf(minutes));
        admin.getByRole(AriaRole.BUTTON, named("Close it…")).click();
        admin.getByRole(AriaRole.DIALOG)
                .getByText("Close it", new Locator.GetByTextOptions().setExact(true))
                .click();
    }

    @Test
    void everyPageFitsOnAPhone() {
        try (BrowserContext alices = chromium.browser().newContext(new NewContextOptions().setViewportSize(390, 844))) {
            Page alice = list(alices, "alice");
            for (String place : List.of("Orders", "Prices", "Chat", "Mail")) {
                go(alice, place);
                assertFits(alice, "phone-" + place);
            }
        }
    }

    @Test
    void loggingOutInOneTabEndsTheLiveStateOfTheOther() {
        try (BrowserContext alices = browser()) {
            Page alice = list(alices, "alice");
            Page otherTab = alices.newPage();
            otherTab.navigate(address("demo/orders.xhtml"));
            assertLive(otherTab);

            otherTab.getByRole(AriaRole.BUTTON, named("Log out")).click();
            assertThat(otherTab.getByText("You are logged out.")).isVisible();

            assertThat(connection(alice)).hasText("log in again");
            screenshot(alice, "logged-out");

            connection(alice).getByRole(AriaRole.LINK).click();
            logIn(alice, "alice", "alice");
            assertLive(alice);
        }
    }

    @Test
    void theListComesBackAfterTheConnectionWasLost() {
        try (BrowserContext alices = browser();
                BrowserContext bobs = browser()) {
            alices.addInitScript(KEEP_SOCKETS);
            Page alice = list(alices, "alice");
            alices.route("**/wamp/ticket", route -> route.abort()); // no way back for now
            alice.evaluate("sockets.forEach(socket => socket.close())");
            assertThat(connection(alice)).hasText("reconnecting…");

            ship(list(bobs, "bob"), 15);
            assertThat(badge(alice, 15)).hasText("packed");

            alices.unroute("**/wamp/ticket");
            assertLive(alice);
            assertThat(badge(alice, 15)).hasText("shipped");
        }
    }

    @Test
    void administratorsMayListenToo() {
        try (BrowserContext admins = browser()) {
            Page admin = list(admins, "admin");
            assertThat(admin.getByText("administrator")).isVisible();
            open(admin, 11);
        }
    }

    @Test
    void aWrongPasswordIsAnsweredWithASentence() {
        try (BrowserContext anybodys = browser()) {
            Page page = anybodys.newPage();
            page.navigate(address(""));
            screenshot(page, "login");
            logIn(page, "alice", "bob");
            assertThat(page.getByRole(AriaRole.ALERT))
                    .hasText("User name and password do not match. Please try again.");

            logIn(page, "alice", "alice");
            assertThat(page).hasURL(Pattern.compile(".*/demo/orders\\.xhtml"));
            assertLive(page);
        }
    }

    /** Lets a test cut the connection as a network would; the page knows nothing of it. */
    private static final String KEEP_SOCKETS = """
            window.sockets = [];
            window.WebSocket = class extends WebSocket {
              constructor(...args) {
                super(...args);
                sockets.push(this);
              }
            };
            """;

    private static BrowserContext browser() {
        return chromium.browser().newContext(new NewContextOptions().setViewportSize(1100, 1040));
    }

    private static String address(String path) {
        return server.http().resolve(path).toString();
    }

    /** Logs in from the bare address and waits until the list is live, and has been written again for what it missed. */
    private static Page list(BrowserContext context, String user) {
        Page page = context.newPage();
        page.waitForResponse(DemoIT::isOfTheTable, () -> {
            page.navigate(address(""));
            logIn(page, user, user);
        });
        assertLive(page);
        return page;
    }

    /** A link that is replaced between press and release is not clicked. */
    private static boolean isOfTheTable(Response response) {
        return response.request().method().equals("POST") && response.url().contains("/demo/orders.xhtml");
    }

    private static void logIn(Page page, String user, String password) {
        page.getByLabel("User name").fill(user);
        page.getByLabel("Password").fill(password);
        page.getByRole(AriaRole.BUTTON, named("Log in")).click();
    }

    private static Page go(Page page, String place) {
        page.getByRole(AriaRole.NAVIGATION)
                .getByRole(AriaRole.LINK, new Locator.GetByRoleOptions().setName(place))
                .click();
        assertThat(page.getByRole(AriaRole.LINK, named(place))).hasAttribute("aria-current", "page");
        assertLive(page);
        return page;
    }

    private static Locator unread(Page page) {
        return page.locator("#unread");
    }

    private static void write(Page page, String recipient, String text) {
        page.getByLabel("To").selectOption(recipient);
        page.getByRole(AriaRole.TEXTBOX, named("Message")).fill(text);
        page.getByRole(AriaRole.BUTTON, named("Send")).click();
        assertThat(page.getByRole(AriaRole.TEXTBOX, named("Message"))).hasValue("");
        assertThat(page.getByText("Sent to " + recipient + ".")).isVisible();
        assertLive(page);
    }

    private static void open(Page page, int number) {
        page.getByRole(AriaRole.LINK, named("Edit order " + number)).click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Order " + number))).isVisible();
        assertLive(page);
    }

    private static void ship(Page page, int number) {
        open(page, number);
        save(page, "shipped");
    }

    private static void save(Page page, String status) {
        page.getByLabel("Status").selectOption(status);
        page.getByRole(AriaRole.BUTTON, named("Save")).click();
        assertThat(page.getByRole(AriaRole.HEADING, named("Orders"))).isVisible();
    }

    private static void assertFits(Page page, String screenshot) {
        assertThat(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))
                .as(screenshot)
                .isEqualTo(true);
        screenshot(page, screenshot);
    }

    private static void assertLive(Page page) {
        assertThat(connection(page)).hasText("live");
    }

    private static Locator connection(Page page) {
        return page.locator("#connection");
    }

    private static Locator row(Page page, int number) {
        return page.locator("tbody tr")
                .filter(new Locator.FilterOptions()
                        .setHas(page.getByRole(AriaRole.LINK, named("Edit order " + number))));
    }

    private static Locator badge(Page page, int number) {
        return row(page, number).locator(".badge");
    }

    private static GetByRoleOptions named(String name) {
        return new GetByRoleOptions().setName(name).setExact(true);
    }

    private static void screenshot(Page page, String name) {
        page.evaluate("Promise.all(document.getAnimations()"
                + ".filter(({effect}) => effect.target.matches('.toast, [class^=carillon-]'))"
                + ".map(animation => animation.finished))");
        page.screenshot(new ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
    }
}
