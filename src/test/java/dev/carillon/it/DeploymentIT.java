package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.it.login.AccountServlet;
import dev.carillon.it.mistakes.Mistakes;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What happens when an application with Carillon in it is deployed and undeployed. */
@ExtendWith(ArquillianExtension.class)
class DeploymentIT {

    private static final int HTTP_PORT = 8080 + Integer.getInteger("test.port.offset", 1300);

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "good", managed = false, testable = false)
    static WebArchive good() {
        return configured("good.war", "carillon.open=true\ncarillon.outbox.max-mesages=17\n");
    }

    @Deployment(name = "bad", managed = false, testable = false)
    static WebArchive bad() {
        return configured("bad.war", """
                carillon.open=yes
                carillon.ping.interval=20
                carillon.outbox.max-messages=0
                carillon.origins=shop.example.com
                carillon.backend.secret=hunter2
                """);
    }

    @Deployment(name = "mistakes", managed = false, testable = false)
    static WebArchive mistakes() {
        return Library.war("mistakes.war", Mistakes.class.getPackage());
    }

    @Test
    void wrongDeclarationsOfTopicsStopTheDeploymentAndAreToldAllAtOnce() throws IOException {
        assertThatThrownBy(() -> deployer.deploy("mistakes"));
        assertThat(serverLog())
                .contains(
                        "Mistakes$BadExpression: the pattern 'orders/{id: [}' cannot be read",
                        "Mistakes$NoSuchType: the pattern 'orders/{id: int}' cannot be read",
                        "for a number, write {id: \\d+}",
                        "' is just as specific as that of dev.carillon.it.mistakes.Mistakes$",
                        "Mistakes$NoHandler: it has the qualifier @Topic, so it must implement TopicHandler",
                        "Mistakes$Hidden: it is private or final");
    }

    @Test
    void undeployingSaysGoodbyeToAllAndGoesAway() {
        deployer.deploy("good");
        RawWebSocket polite = RawWebSocket.join(endpoint("good"), "realm1");
        RawWebSocket silent = RawWebSocket.join(endpoint("good"), "realm1");
        CompletableFuture<Void> farewell =
                CompletableFuture.runAsync(() -> polite.hears("[6,{},'wamp.close.system_shutdown']")
                        .says("[6,{},'wamp.close.goodbye_and_out']")
                        .isClosedWith(1001));
        deployer.undeploy("good");
        assertThat(farewell).succeedsWithin(Duration.ofSeconds(30));
        silent.hears("[6,{},'wamp.close.system_shutdown']").isClosedWith(1001);
    }

    @Test
    void aSettingThatDoesNotExistIsAWarning() throws IOException {
        deployer.deploy("good");
        deployer.undeploy("good");
        assertThat(serverLog()).contains("CAR-104 carillon.outbox.max-mesages is not a setting of Carillon");
    }

    @Test
    void wrongSettingsStopTheDeploymentAndAreToldAllAtOnce() throws IOException {
        assertThatThrownBy(() -> deployer.deploy("bad"));
        assertThat(serverLog())
                .contains(
                        "carillon.open is 'yes'; it must be true or false",
                        "carillon.ping.interval is '20'; it must be an ISO 8601 duration such as PT30S or PT5M, at most PT24H",
                        "carillon.outbox.max-messages is 0; it must be 1 or more",
                        "carillon.origins has 'shop.example.com'; it must be",
                        "carillon.backend.secret has 7 characters; it must have 16 or more")
                .doesNotContain("hunter2");
    }

    private static WebArchive configured(String name, String settings) {
        return Library.war(name, AccountServlet.class.getPackage())
                .addAsResource(new StringAsset(settings), "META-INF/microprofile-config.properties");
    }

    private static URI endpoint(String application) {
        return URI.create("ws://127.0.0.1:" + HTTP_PORT + "/" + application + "/wamp");
    }

    private static String serverLog() throws IOException {
        return Files.readString(Path.of(System.getProperty("jboss.home"), "standalone", "log", "server.log"));
    }
}
