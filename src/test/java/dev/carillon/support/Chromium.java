package dev.carillon.support;

import static org.junit.jupiter.api.Assumptions.abort;

import com.google.gson.JsonElement;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, driven by Playwright. The binary is the one of the system: named by the system
 * property {@code chromium}, else the first of some usual names on the {@code PATH}. Without one the test is skipped and
 * says so.
 */
public final class Chromium implements AutoCloseable {

    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    /** No sandbox, for builds that run as root in a container; the rest keeps the browser off the network. */
    private static final List<String> ARGUMENTS = List.of(
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** Starts the browser, or skips the calling test. */
    public static Chromium launch() {
        Path binary = binary().orElse(null);
        if (binary == null) {
            return abort("No Chromium found: install one of " + NAMES + " or name a binary by -Dchromium=<path>");
        }
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new LaunchOptions().setExecutablePath(binary).setArgs(ARGUMENTS));
        return new Chromium(playwright, browser);
    }

    /** For contexts: each is a user of its own, with its own cookies. */
    public Browser browser() {
        return browser;
    }

    /** Ends its processes at once, as a crash does: nothing is said to anybody. */
    public void kill() {
        CDPSession session = browser.newBrowserCDPSession();
        for (JsonElement process : session.send("SystemInfo.getProcessInfo").getAsJsonArray("processInfo")) {
            ProcessHandle.of(process.getAsJsonObject().get("id").getAsLong()).ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> binary() {
        String named = System.getProperty("chromium", "");
        if (!named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        String[] folders = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return NAMES.stream()
                .flatMap(name -> Stream.of(folders).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
