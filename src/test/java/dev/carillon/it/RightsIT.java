package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.it.rights.ChatTopic;
import dev.carillon.support.Browser;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Both sides of every right, in WildFly, with real users: handlers, permissions, dynamic authorizers, visitors. */
@ExtendWith(ArquillianExtension.class)
class RightsIT {

    private static final String REALM = "carillon";

    @ArquillianResource
    private URL deployment;

    private RawWebSocket alice;
    private RawWebSocket bob;
    private RawWebSocket admin;

    @Deployment(testable = false)
    static WebArchive application() {
        return Library.warWithLogin("rights.war", ChatTopic.class.getPackage())
                .addAsResource(new StringAsset("""
                        carillon.security.roles=administrator,sales
                        carillon.visitors=carillon
                        carillon.publish.rate=10
                        carillon.permissions=administrator: publish, subscribe prefix ops. ; administrator: publish exact departures ; administrator: call, subscribe prefix wamp.session.
                        """), "META-INF/microprofile-config.properties");
    }

    @BeforeEach
    void join() throws URISyntaxException {
        alice = join("alice");
        bob = join("bob");
        admin = join("admin");
    }

    @AfterEach
    void leave() {
        alice.close();
        bob.close();
        admin.close();
    }

    @Test
    void aPagePublishesWhereTheHandlerSaysSoAndTheHandlerSaysWhoItWas() {
        subscribe(bob, "chat/lobby");
        alice.says("[16,1,{'acknowledge':true},'chat/lobby',['hello']]");
        assertThat(alice.hears()).startsWith("[17,1,");
        assertThat(bob.hears()).endsWith(",{},[{\"by\":\"alice\",\"text\":\"hello\"}]]");
        assertThat(refusal(admin, "[16,1,{'acknowledge':true},'chat/lobby',['hello']]"))
                .contains("not_authorized");
    }

    @Test
    void whoIsConnectedIsForAdministratorsToKnowAndToEnd() {
        assertThat(refusal(alice, "[48,1,{},'wamp.session.list']")).contains("not_authorized");
        assertThat(refusal(alice, "[32,2,{},'wamp.session.on_leave']")).contains("not_authorized");
        admin.says("[32,1,{},'wamp.session.on_leave']");
        assertThat(admin.hears()).startsWith("[33,1,");
        admin.says("[48,2,{},'wamp.session.kill_by_authid',['bob'],{'message':'go home'}]");
        assertThat(admin.hears()).startsWith("[50,2,{},[[");
        assertThat(admin.hears()).startsWith("[36,").endsWith(",\"bob\",\"sales\"]]");
        assertThat(bob.hears()).isEqualTo("[6,{\"message\":\"go home\"},\"wamp.close.killed\"]");
        assertThat(refusal(admin, "[48,3,{},'wamp.subscription.list']")).contains("not_authorized");
    }

    @Test
    void aHandlerNarrowsWhatAPageSays() {
        subscribe(bob, "chat/corner");
        subscribe(admin, "chat/corner");
        alice.says("[16,1,{'acknowledge':true},'chat/corner',['psst']]").hears();
        alice.says("[16,2,{'acknowledge':true},'chat/corner',['loud']]").hears();
        assertThat(bob.hears()).contains("psst");
        assertThat(bob.hears()).contains("loud");
        assertThat(admin.hears()).contains("loud");
    }

    @Test
    void aHandlerThatFailsIsToldToTheLogAndNotToThePage() throws IOException {
        assertThat(refusal(alice, "[16,1,{'acknowledge':true},'chat/lobby',['boom']]"))
                .contains("carillon.error.internal")
                .doesNotContain("secret");
        assertThat(Files.readString(Path.of(System.getProperty("jboss.home"), "standalone", "log", "server.log")))
                .contains("CAR-302", "the secret of alice");
    }

    @Test
    void theHandlerHearsOfALostSession() {
        subscribe(bob, "departures");
        subscribe(alice, "chat/exit");
        alice.close();
        assertThat(bob.hears()).endsWith("[\"alice left exit\"]]");
    }

    @Test
    void aSecuredTopicIsItsUsersOnly() {
        subscribe(alice, "mail/alice");
        assertThat(refusal(alice, "[32,2,{},'mail/bob']")).contains("not_authorized", "another user");
    }

    @Test
    void whatIsReadyForAUserReachesNobodyElse() throws URISyntaxException {
        for (String name : new String[] {"jobs", "mail", "rights"}) {
            subscribe(alice, "carillon/users/alice/" + name);
            assertThat(refusal(bob, "[32,2,{},'carillon/users/alice/" + name + "']"))
                    .contains("not_authorized", "another user");
        }
        assertThat(new Browser(deployment.toURI()).get("office").statusCode()).isEqualTo(200);
        assertThat(alice.hears())
                .endsWith("[{\"job\":\"17\",\"label\":\"Import\",\"success\":true,\"url\":\"/imports/17\"}]]");
        assertThat(alice.hears()).endsWith("[{\"unread\":3}]]");
        assertThat(alice.hears()).startsWith("[36,");
    }

    @Test
    void aPermissionCountsForItsRole() {
        subscribe(admin, "ops.health");
        admin.says("[16,1,{'acknowledge':true},'departures',['all']]");
        assertThat(admin.hears()).startsWith("[17,1,");
        assertThat(refusal(alice, "[32,1,{},'ops.health']")).contains("nobody declared this topic");
        assertThat(refusal(alice, "[16,2,{'acknowledge':true},'departures',['all']]"))
                .contains("not_authorized");
    }

    @Test
    void aDynamicAuthorizerGrantsAndDenies() {
        subscribe(bob, "bobs.own");
        assertThat(refusal(alice, "[32,1,{},'bobs.own']")).contains("not_authorized");
        assertThat(refusal(alice, "[32,2,{},'chat/closed']")).contains("not_authorized");
        subscribe(alice, "chat/open");
    }

    @Test
    void visitorsSeeWhatIsDeclaredForThem() {
        try (RawWebSocket visitor = RawWebSocket.join(endpoint(), REALM)) {
            subscribe(visitor, "maintenance");
            assertThat(refusal(visitor, "[32,2,{},'departures']")).contains("not_authorized");
            assertThat(refusal(visitor, "[32,3,{},'ops.health']")).contains("not_authorized");
            assertThat(refusal(visitor, "[16,4,{'acknowledge':true},'maintenance']"))
                    .contains("not_authorized");
            assertThat(refusal(visitor, "[48,5,{},'a.b']")).contains("not_authorized");
            assertThat(refusal(visitor, "[64,6,{},'a.b']")).contains("not_authorized");
        }
    }

    @Test
    void aPagePublishesOnlySoOften() {
        String answer = "";
        for (int i = 1; i <= 200 && !answer.contains("rate_limited"); i++) {
            answer = alice.says("[16," + i + ",{'acknowledge':true},'chat/lobby',['x']]")
                    .hears();
        }
        assertThat(answer).contains("carillon.error.rate_limited", "at most 10 publications a second");
        subscribe(alice, "chat/lobby");
    }

    private static void subscribe(RawWebSocket socket, String topic) {
        assertThat(socket.says("[32,1,{},'" + topic + "']").hears()).startsWith("[33,1,");
    }

    private static String refusal(RawWebSocket socket, String request) {
        String answer = socket.says(request).hears();
        assertThat(answer).startsWith("[8,");
        return answer;
    }

    private RawWebSocket join(String user) throws URISyntaxException {
        RawWebSocket socket = new Browser(deployment.toURI()).logIn(user, user).join(REALM);
        assertThat(socket.hears()).startsWith("[2,");
        return socket;
    }

    private URI endpoint() {
        return URI.create("ws" + deployment.toString().substring("http".length()) + "wamp");
    }
}
