package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.it.login.AccountServlet;
import dev.carillon.security.BackendTickets;
import dev.carillon.support.Browser;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From the login form to a WAMP session and back, in an application that has the library in WEB-INF/lib. */
@ExtendWith(ArquillianExtension.class)
class LoginIT {

    private static final String REALM = "carillon";
    private static final String SECRET = "a secret that only tests know";

    @ArquillianResource
    private URL deployment;

    private Browser alice;

    @Deployment(testable = false)
    static WebArchive application() {
        return Library.war("login.war", AccountServlet.class.getPackage())
                .setWebXML(new StringAsset("""
                        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                          <security-constraint>
                            <web-resource-collection>
                              <web-resource-name>account</web-resource-name>
                              <url-pattern>/account</url-pattern>
                            </web-resource-collection>
                            <auth-constraint><role-name>*</role-name></auth-constraint>
                          </security-constraint>
                          <login-config>
                            <auth-method>FORM</auth-method>
                            <form-login-config>
                              <form-login-page>/open</form-login-page>
                              <form-error-page>/open</form-error-page>
                            </form-login-config>
                          </login-config>
                          <security-role><role-name>sales</role-name></security-role>
                          <security-role><role-name>administrator</role-name></security-role>
                        </web-app>
                        """))
                .addAsResource(
                        new StringAsset(
                                "carillon.security.roles=administrator, sales\ncarillon.ticket.in-url=true\n"
                                + "carillon.backend.secret=" + SECRET),
                        "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void logIn() throws URISyntaxException {
        alice = new Browser(deployment.toURI()).logIn("alice", "alice");
        assertThat(alice.get("account").body()).isEqualTo("alice");
    }

    @Test
    void aPagesTicketMakesItsSocketTheUsers() {
        try (RawWebSocket socket = alice.join(REALM)) {
            assertThat(socket.hears())
                    .startsWith("[2,")
                    .contains("\"authid\":\"alice\"", "\"authrole\":\"sales\"", "\"authmethod\":\"ticket\"");
        }
    }

    @Test
    void theTicketMayBeFetchedAfterTheSocketWasOpened() {
        try (RawWebSocket socket = alice.socket()) {
            Browser.authenticate(socket, REALM, alice.ticket());
            assertThat(socket.hears()).startsWith("[2,");
        }
    }

    @Test
    void whoIsNotLoggedInGetsNoTicketAndNoRedirect() throws URISyntaxException {
        var answer = new Browser(deployment.toURI()).postTicket(Map.of("Content-Type", "application/json"));
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("{\"error\":\"log in first\"}");
    }

    @Test
    void aTicketIsNotCached() {
        var answer = alice.postTicket(Map.of("Content-Type", "application/json"));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/json");
    }

    @Test
    void aForeignPageGetsNoTicket() {
        assertThat(status(Map.of("Content-Type", "application/json", "Origin", "https://evil.example")))
                .isEqualTo(403);
        assertThat(status(Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "cross-site")))
                .isEqualTo(403);
        assertThat(status(Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "same-site")))
                .isEqualTo(403);
        assertThat(status(Map.of("Content-Type", "application/json", "Sec-Fetch-Site", "same-origin")))
                .isEqualTo(200);
        assertThat(status(Map.of("Content-Type", "text/plain"))).isEqualTo(415);
        assertThat(status(Map.of("Content-Type", "application/x-www-form-urlencoded")))
                .isEqualTo(415);
    }

    @Test
    void aTicketIsNotFetchedByGet() {
        assertThat(alice.get("wamp/ticket").statusCode()).isEqualTo(405);
    }

    @Test
    void everyTicketThatDoesNotCountGetsTheSameAnswer() throws URISyntaxException {
        String used = alice.ticket();
        try (RawWebSocket first = alice.socket()) {
            assertThat(Browser.authenticate(first, REALM, used).hears()).startsWith("[2,");
        }
        isDenied(alice.socket(), used);
        isDenied(alice.socket(), "wrong");
        isDenied(new Browser(deployment.toURI()).logIn("bob", "bob").socket(), alice.ticket());
        isDenied(RawWebSocket.open(alice.endpoint()), alice.ticket());
        isDenied(RawWebSocket.open(alice.endpoint(), Map.of("Cookie", alice.cookieHeader())), alice.ticket());
    }

    @Test
    void whoOffersNoTicketIsRefused() {
        try (RawWebSocket socket = alice.socket()) {
            assertThat(socket.says("[1,'carillon',{'roles':{'subscriber':{}}}]").hears())
                    .endsWith("\"wamp.error.no_matching_auth_method\"]");
        }
    }

    @Test
    void aBackEndLogsInWithItsSecretOnce() {
        String ticket = backendTicket(SECRET);
        try (RawWebSocket backend = RawWebSocket.open(alice.endpoint())) {
            assertThat(Browser.authenticate(backend, REALM, ticket).hears()).contains("\"authrole\":\"backend\"");
        }
        isDenied(RawWebSocket.open(alice.endpoint()), ticket);
        isDenied(RawWebSocket.open(alice.endpoint()), backendTicket("another secret, just as long"));
    }

    @Test
    void aTicketOnTheUrlCountsOnceWhereThatIsAllowed() {
        URI withTicket = URI.create(alice.endpoint() + "?ticket=" + alice.ticket());
        Map<String, String> headers = Map.of("Cookie", alice.cookieHeader(), "Origin", alice.origin());
        try (RawWebSocket socket = RawWebSocket.open(withTicket, headers)) {
            assertThat(socket.says("[1,'carillon',{'roles':{'subscriber':{}}}]").hears())
                    .startsWith("[2,")
                    .contains("\"authid\":\"alice\"");
        }
        Map<String, String> again = new HashMap<>(headers);
        again.put("Sec-WebSocket-Protocol", "wamp.2.json");
        try (RawWebSocket refused = RawWebSocket.handshake(withTicket, again)) {
            assertThat(refused.status()).isEqualTo(401);
        }
    }

    @Test
    void handlersDecideByNameAndRole() throws URISyntaxException {
        try (RawWebSocket socket = welcomed(alice);
                RawWebSocket admin = welcomed(new Browser(deployment.toURI()).logIn("admin", "admin"))) {
            assertThat(socket.says("[32,1,{},'reports/alice']").hears()).startsWith("[33,1,");
            socket.says("[32,2,{},'reports/bob']")
                    .hears("[8,32,2,{},'wamp.error.not_authorized',['these reports are not yours']]");
            assertThat(socket.says("[32,3,{},'nobody.declared.this']").hears()).contains("wamp.error.not_authorized");
            assertThat(socket.says("[16,4,{'acknowledge':true},'reports/alice',[1]]")
                            .hears())
                    .contains("wamp.error.not_authorized");
            assertThat(admin.says("[32,1,{},'reports/bob']").hears()).startsWith("[33,1,");
        }
    }

    @Test
    void backEndsPublish() {
        try (RawWebSocket socket = welcomed(alice);
                RawWebSocket backend = RawWebSocket.open(alice.endpoint())) {
            Browser.authenticate(backend, REALM, backendTicket(SECRET)).hears();
            assertThat(socket.says("[32,1,{},'reports/alice']").hears()).startsWith("[33,1,");
            backend.says("[16,1,{},'reports/alice',['ready']]");
            assertThat(socket.hears()).startsWith("[36,").endsWith(",{},[\"ready\"]]");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"account?logout", "account?invalidate", "account?renew"})
    void theEndOfTheLoginEndsTheSocketsOfItsPages(String end) throws URISyntaxException {
        Browser bob = new Browser(deployment.toURI()).logIn("bob", "bob");
        try (RawWebSocket first = welcomed(alice);
                RawWebSocket second = welcomed(alice);
                RawWebSocket bobs = welcomed(bob)) {
            alice.get(end);
            isEnded(first);
            isEnded(second);
            assertThat(bobs.says("[32,1,{},'reports/bob']").hears()).startsWith("[33,1,");
        }
    }

    @Test
    void aTicketIsWorthNothingAfterLogout() {
        String ticket = alice.ticket();
        alice.get("account?logout");
        isDenied(alice.socket(), ticket);
    }

    @Test
    void ordinaryRequestsEndNothing() {
        try (RawWebSocket socket = welcomed(alice)) {
            alice.get("account");
            alice.get("open"); // not protected: here, too, the container knows the user
            alice.get("carillon/carillon.js"); // a static resource
            alice.get("nothing-here");
            assertThat(socket.says("[32,1,{},'reports/alice']").hears()).startsWith("[33,1,");
        }
    }

    @Test
    void nothingOfATicketIsInALog() throws IOException {
        String pages = alice.ticket();
        String backends = backendTicket(SECRET);
        isDenied(RawWebSocket.open(alice.endpoint()), pages);
        try (RawWebSocket backend = RawWebSocket.open(alice.endpoint())) {
            Browser.authenticate(backend, REALM, backends).hears();
        }
        isDenied(RawWebSocket.open(alice.endpoint()), backends);
        String log = Files.readString(Path.of(System.getProperty("jboss.home"), "standalone", "log", "server.log"));
        assertThat(log).contains("CAR-111").doesNotContain(pages, backends, backends.substring(40));
    }

    private static RawWebSocket welcomed(Browser browser) {
        RawWebSocket socket = browser.join(REALM);
        assertThat(socket.hears()).startsWith("[2,");
        return socket;
    }

    /** GOODBYE and 1008, or 1008 at once: on Undertow the container may cut the socket of a user's session first. */
    private static void isEnded(RawWebSocket socket) {
        RawWebSocket.Frame frame = socket.receives();
        if (frame.opcode() == RawWebSocket.TEXT) {
            assertThat(frame.text()).isEqualTo("[6,{},\"carillon.close.logged_out\"]");
            socket.says("[6,{},'wamp.close.goodbye_and_out']");
            frame = socket.receives();
        }
        assertThat(frame.opcode()).isEqualTo(RawWebSocket.CLOSE);
        assertThat(frame.closeCode()).isEqualTo(1008);
    }

    private static void isDenied(RawWebSocket opened, String ticket) {
        try (RawWebSocket socket = opened) {
            Browser.authenticate(socket, REALM, ticket)
                    .hears("[3,{'message':'the ticket is not valid'},'wamp.error.authentication_denied']")
                    .isClosedWith(1008);
        }
    }

    private static String backendTicket(String secret) {
        return new BackendTickets(secret, InstantSource.system())
                .issue(Instant.now().plusSeconds(60), UUID.randomUUID().toString());
    }

    private int status(Map<String, String> headers) {
        return alice.postTicket(headers).statusCode();
    }
}
