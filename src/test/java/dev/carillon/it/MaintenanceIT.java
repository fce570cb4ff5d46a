package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static com.microsoft.playwright.assertions.PlaywrightAssertions.setDefaultAssertionTimeout;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.ScreenshotOptions;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ScreenshotAnimations;
import dev.carillon.it.maintenance.Diary;
import dev.carillon.support.Browser;
import dev.carillon.support.Chromium;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import dev.carillon.support.WildFlyServer;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An application with a login form is closed and opened, as its users, its visitors and its administrator see it. */
class MaintenanceIT {

    private static final int PORT_OFFSET = 2350;
    private static final Path BASE = Path.of(System.getProperty("basedir", ""));
    private static final File PAGES =
            BASE.resolve("src/test/resources/maintenance").toFile();
    private static final Path SCREENSHOTS = BASE.resolve("target/screenshots");
    private static final Path STATE =
            BASE.resolve("target/it/maintenance-state.json").toAbsolutePath();
    private static final Path WAR = BASE.resolve("target/it/closing.war");

    /** Far above what anything here takes; a busy machine is no reason to fail. */
    private static final double PATIENCE_MILLISECONDS = 30_000;

    private static Chromium chromium;
    private static WildFlyServer server;
    private final HttpClient http = HttpClient.newHttpClient();
    private RawWebSocket admin;

    @BeforeAll
    static void start() throws IOException {
        chromium = Chromium.launch();
        setDefaultAssertionTimeout(PATIENCE_MILLISECONDS);
        Files.createDirectories(WAR.getParent());
        Files.deleteIfExists(STATE);
        Library.war("closing.war", Diary.class.getPackage())
                .setWebXML(new File(PAGES, "web.xml"))
                .addAsWebResource(new File(PAGES, "board.xhtml"), "office/board.xhtml")
                .addAsWebResource(new File(PAGES, "login.xhtml"))
                .addAsWebResource(new File(PAGES, "welcome.xhtml"))
                .addAsResource(new StringAsset("""
                        carillon.visitors=carillon
                        carillon.admin.roles=administrator
                        carillon.maintenance.allow.paths=/login.xhtml
                        """), "META-INF/microprofile-config.properties")
                .as(ZipExporter.class)
                .exportTo(WAR.toFile(), true);
        server = started();
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

    private static WildFlyServer started() {
        return WildFlyServer.start(
                "maintenance", WAR, PORT_OFFSET, Map.of("carillon.maintenance.file", STATE.toString()));
    }

    @AfterEach
    void open() {
        administer("unlock", "{}");
        admin.close();
    }

    @Test
    void pagesCountDownAreCoveredAndComeBack() {
        try (BrowserContext alices = browser(1280, 800);
                BrowserContext visitors = browser(390, 844)) {
            Page alice = board(alices, "alice");
            Page visitor = visit(visitors, "welcome.xhtml");
            assertThat(visitor.getByRole(AriaRole.HEADING)).hasText("Welcome");
            alice.locator("#note").fill("Call back at five");

            Instant start = Instant.now().plusSeconds(90).truncatedTo(ChronoUnit.SECONDS);
            Instant end = start.plus(Duration.ofMinutes(20));
            assertThat(administer(
                            "lock",
                            "{'message':'A new version is installed.','start':'" + start + "','end':'" + end + "'}"))
                    .contains("\"state\":\"announced\"");
            for (Page page : new Page[] {alice, visitor}) {
                assertThat(page.locator(".carillon-flash-text")).containsText("Closes for maintenance in ");
                assertThat(page.locator(".carillon-flash-text")).containsText("A new version is installed.");
            }
            screenshot(alice, "countdown");
            screenshot(visitor, "countdown-phone");

            assertThat(administer("lock", "{'message':'A new version is installed.','end':'" + end + "'}"))
                    .contains("\"state\":\"closed\"");
            for (Page page : new Page[] {alice, visitor}) {
                isCovered(page);
            }
            assertThat(alice.evaluate("document.getElementById('note').focus(); document.activeElement.localName"))
                    .as("what is below cannot be reached")
                    .isNotEqualTo("input");
            screenshot(alice, "dialog");
            screenshot(visitor, "dialog-phone");

            visitor.evaluate("window.neverLoadedAgain = true");
            assertThat(administer("unlock", "{}")).contains("\"state\":\"open\"");
            assertThat(dialog(alice)).hasCount(0);
            assertThat(alice.locator("#note")).hasValue("Call back at five");
            assertThat(alice.locator(".carillon-flash-text")).containsText("not saved yet");
            screenshot(alice, "over");
            visitor.waitForFunction("!window.neverLoadedAgain");
            assertThat(visitor.getByRole(AriaRole.HEADING)).hasText("Welcome");
        }
    }

    @Test
    void whoComesMeanwhileIsTurnedAwayBeforeAnyLoginAndTheAdministratorIsNot() throws Exception {
        try (BrowserContext bobs = browser(1280, 800);
                BrowserContext visitors = browser(390, 844);
                BrowserContext admins = browser(1280, 800)) {
            Page bob = board(bobs, "bob");
            Instant end = Instant.now().plusSeconds(600);
            administer("lock", "{'message':'A new version is installed.','end':'" + end + "'}");

            Page visitor = visitors.newPage();
            for (String path : new String[] {"welcome.xhtml", "office/board.xhtml", "nowhere"}) {
                Response refused = visitor.navigate(address(path));
                assertThat(refused.status()).as(path).isEqualTo(503);
                assertThat(Integer.parseInt(refused.headerValue("retry-after"))).isBetween(500, 601);
            }
            assertThat(visitor.getByRole(AriaRole.HEADING)).hasText("Closed for maintenance");
            screenshot(visitor, "page-phone");
            visitor.setViewportSize(1280, 800);
            screenshot(visitor, "page");

            HttpResponse<String> script = get("office/board.xhtml", "application/json");
            assertThat(script.statusCode()).isEqualTo(503);
            assertThat(script.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
            assertThat(script.body())
                    .startsWith("{\"error\":\"maintenance\",\"message\":\"A new version is installed.\"");

            assertThat(bob.navigate(address("office/board.xhtml")).status())
                    .as("a user without the role")
                    .isEqualTo(503);

            Page administrator = admins.newPage();
            administrator.navigate(address("login.xhtml"));
            administrator.waitForNavigation(() -> fillLogin(administrator, "admin"));
            assertThat(administrator.navigate(address("office/board.xhtml")).status())
                    .isEqualTo(200);
            assertThat(administrator.getByRole(AriaRole.HEADING)).hasText("The board of admin");
            assertThat(administrator.locator(".carillon-flash-text"))
                    .containsText("Only those who may pass can use it");
            assertThat(dialog(administrator)).hasCount(0);
            screenshot(administrator, "administrator");
        }
    }

    @Test
    void aRestartKeepsItAndTheApplicationIsTold() throws Exception {
        try (BrowserContext visitors = browser(1280, 800)) {
            Page visitor = visit(visitors, "welcome.xhtml");
            administer("lock", "{'message':'More memory'}");
            isCovered(visitor);
            assertThat(get("diary", "*/*").statusCode()).isEqualTo(503);

            admin.close();
            admin = null;
            server.close();
            server = started();
            assertThat(get("welcome.xhtml", "text/html").statusCode()).isEqualTo(503);
            assertThat(administer("status", "{}")).contains("\"state\":\"closed\",\"message\":\"More memory\"");
            assertThat(dialog(visitor)).isVisible();
            visitor.evaluate("window.neverLoadedAgain = true");
            administer("unlock", "{}");
            visitor.waitForFunction("!window.neverLoadedAgain");
            assertThat(dialog(visitor)).hasCount(0);
            assertThat(STATE).doesNotExist();
            assertThat(get("diary", "*/*").body()).isEqualTo("CLOSED to OPEN by admin\n");
        }
    }

    private static void isCovered(Page page) {
        Locator dialog = dialog(page);
        assertThat(dialog).isVisible();
        assertThat(dialog).hasAttribute("aria-modal", "true");
        assertThat(dialog).hasAccessibleName("Closed for maintenance");
        assertThat(dialog).containsText("This page comes back by itself");
        for (int i = 0; i < 3; i++) { // a browser may let the second one through
            page.keyboard().press("Escape");
        }
        page.keyboard().press("Tab");
        page.mouse().click(5, 5);
        assertThat(dialog).isVisible();
        assertThat(page.evaluate("document.querySelector('dialog').matches(':modal')"))
                .isEqualTo(true);
        page.evaluate("document.querySelector('dialog').close()");
        assertThat(dialog).isVisible();
        assertThat(page.evaluate("document.querySelector('dialog').contains(document.activeElement)"))
                .as("the focus is in it")
                .isEqualTo(true);
    }

    private static Locator dialog(Page page) {
        return page.getByRole(AriaRole.ALERTDIALOG);
    }

    private Page board(BrowserContext context, String user) {
        Page page = context.newPage();
        page.navigate(address("office/board.xhtml"));
        fillLogin(page, user);
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("The board of " + user);
        page.waitForFunction(
                "window.performance.getEntriesByType('resource').some(r => r.name.endsWith('carillon-maintenance.js'))");
        return page;
    }

    private static void fillLogin(Page page, String user) {
        page.getByLabel("User").fill(user);
        page.getByLabel("Password").fill(user);
        page.getByRole(AriaRole.BUTTON).click();
    }

    private Page visit(BrowserContext context, String path) {
        Page page = context.newPage();
        page.navigate(address(path));
        return page;
    }

    /** What the procedure answers, or its error. */
    private String administer(String procedure, String arguments) {
        if (admin == null) {
            admin = new Browser(server.http()).logIn("admin", "admin").join("carillon");
            assertThat(admin.hears()).startsWith("[2,");
        }
        return admin.says("[48,1,{},'carillon.maintenance." + procedure + "',[]," + arguments + "]")
                .hears();
    }

    private HttpResponse<String> get(String path, String accept) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(address(path)))
                        .header("Accept", accept)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String address(String path) {
        return server.http().resolve(path).toString();
    }

    private static BrowserContext browser(int width, int height) {
        BrowserContext context = chromium.browser()
                .newContext(
                        new NewContextOptions().setViewportSize(width, height).setLocale("en-GB"));
        context.setDefaultTimeout(PATIENCE_MILLISECONDS);
        return context;
    }

    private static void screenshot(Page page, String name) {
        page.screenshot(new ScreenshotOptions()
                .setAnimations(ScreenshotAnimations.DISABLED)
                .setPath(SCREENSHOTS.resolve("maintenance-" + name + ".png")));
    }
}
