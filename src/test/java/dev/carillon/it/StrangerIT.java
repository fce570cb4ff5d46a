package dev.carillon.it;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import dev.carillon.it.stranger.Prices;
import dev.carillon.support.Chromium;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The library in the WAR of somebody who has read the guide's first page, beside {@code carillon.war} on one server. */
@ExtendWith(ArquillianExtension.class)
class StrangerIT {

    private static final int HTTP_PORT = 8080 + Integer.getInteger("test.port.offset", 1300);
    private static final String STRANGER = "http://127.0.0.1:" + HTTP_PORT + "/stranger/";

    @Deployment(name = "stranger", order = 1, testable = false)
    static WebArchive stranger() {
        return Library.war("stranger.war", Prices.class.getPackage())
                .setWebXML("stranger/web.xml")
                .addAsResource("stranger/persistence.xml", "META-INF/persistence.xml")
                .addAsWebResource("stranger/index.html", "index.html")
                .addAsWebResource("stranger/login.html", "login.html");
    }

    @Deployment(name = "carillon", order = 2, testable = false)
    static WebArchive carillon() {
        return ShrinkWrap.createFromZipFile(WebArchive.class, new File("target/carillon.war"));
    }

    @Test
    void aNotificationReachesTheStrangersPage() {
        try (Chromium chromium = Chromium.launch()) {
            Page page = chromium.browser().newPage();
            page.navigate(STRANGER + "index.html");
            page.getByLabel("User").fill("alice");
            page.getByLabel("Password").fill("alice");
            page.getByText("Log in").click();
            assertThat(page.locator("#price")).hasText("listening");
            page.request()
                    .post(
                            STRANGER + "price",
                            RequestOptions.create()
                                    .setForm(FormData.create()
                                            .set("product", "tea")
                                            .set("cents", 250)));
            assertThat(page.locator("#price")).hasText("tea costs 250");
        }
    }

    @Test
    void thePathsOfTheHostStayTheHosts() {
        for (String path : new String[] {"price", "wampum", "wamp/own"}) {
            assertThat(get(STRANGER + path)).as(path).isEqualTo("the stranger's own");
        }
        try (RawWebSocket echo =
                RawWebSocket.handshake(URI.create(STRANGER.replace("http", "ws") + "echo"), Map.of())) {
            assertThat(echo.status()).isEqualTo(101);
            echo.sends(RawWebSocket.TEXT, true, "hello".getBytes(StandardCharsets.UTF_8));
            assertThat(echo.hears()).isEqualTo("hello");
        }
    }

    @Test
    void theRouterBesideItIsAnother() {
        String endpoint = "ws://127.0.0.1:" + HTTP_PORT + "/%s/wamp";
        for (String application : new String[] {"stranger", "carillon"}) {
            try (RawWebSocket socket = RawWebSocket.open(URI.create(String.format(endpoint, application)))) {
                assertThat(socket.says("[1,'carillon',{'roles':{'subscriber':{}}}]")
                                .hears())
                        .contains("no_matching_auth_method");
            }
        }
    }

    private static String get(String address) {
        try (var in = URI.create(address).toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
