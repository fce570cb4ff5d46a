package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.it.login.AccountServlet;
import dev.carillon.support.Library;
import dev.carillon.support.RawWebSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.arquillian.container.test.api.Deployer;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Histories on the datasource of a real server, over the end of the application. */
@ExtendWith(ArquillianExtension.class)
class HistoryIT {

    private static final int HTTP_PORT = 8080 + Integer.getInteger("test.port.offset", 1300);
    private static final Pattern POSITION = Pattern.compile("\"_position\":\"([^\"]+)\"");

    @ArquillianResource
    private Deployer deployer;

    @Deployment(name = "kept", managed = false, testable = false)
    static WebArchive kept() {
        return withHistory("kept.war", "carillon.history.datasource=java:jboss/datasources/ExampleDS\n");
    }

    @Deployment(name = "forgotten", managed = false, testable = false)
    static WebArchive forgotten() {
        return withHistory("forgotten.war", "");
    }

    @Deployment(name = "nowhere", managed = false, testable = false)
    static WebArchive nowhere() {
        return withHistory("nowhere.war", "carillon.history.datasource=java:jboss/datasources/Nowhere\n");
    }

    @Test
    void whatAPageMissesWhileTheApplicationIsDeployedAnewIsReplayed() {
        deployer.deploy("kept");
        String seen;
        try (RawWebSocket alice = RawWebSocket.join(endpoint("kept"), "realm1")) {
            subscribes(alice, "{'_history':true}");
            seen = position(alice.hears());
        }
        try (RawWebSocket bob = RawWebSocket.join(endpoint("kept"), "realm1")) {
            publishes(bob, "['missed',1.0]");
            publishes(bob, "['missed too'],{'k':null}");
        }
        deployer.undeploy("kept");
        deployer.deploy("kept");

        try (RawWebSocket alice = RawWebSocket.join(endpoint("kept"), "realm1")) {
            subscribes(alice, "{'_after':'" + seen + "'}");
            assertThat(alice.hears()).contains("\"_gap\":false", "\"_position\":\"" + seen + "\"");
            assertThat(alice.hears()).contains("\"_replayed\":true").endsWith("[\"missed\",1.0]]");
            String last = alice.hears();
            assertThat(last).contains("\"_replayed\":true").endsWith("[\"missed too\"],{\"k\":null}]");
            assertThat(epoch(position(last))).isEqualTo(epoch(seen));
        } finally {
            deployer.undeploy("kept");
        }
    }

    @Test
    void withoutADatasourceThePageHearsOfAGap() {
        deployer.deploy("forgotten");
        String seen;
        try (RawWebSocket alice = RawWebSocket.join(endpoint("forgotten"), "realm1")) {
            subscribes(alice, "{'_history':true}");
            seen = position(alice.hears());
        }
        deployer.undeploy("forgotten");
        deployer.deploy("forgotten");
        try (RawWebSocket alice = RawWebSocket.join(endpoint("forgotten"), "realm1")) {
            subscribes(alice, "{'_after':'" + seen + "'}");
            String marker = alice.hears();
            assertThat(marker).contains("\"_gap\":true");
            assertThat(epoch(position(marker))).isNotEqualTo(epoch(seen));
        } finally {
            deployer.undeploy("forgotten");
        }
    }

    @Test
    void aDatasourceThatDoesNotExistStopsTheDeployment() throws IOException {
        assertThatThrownBy(() -> deployer.deploy("nowhere"));
        assertThat(Files.readString(Path.of(System.getProperty("jboss.home"), "standalone", "log", "server.log")))
                .contains("CAR-112 carillon.history.datasource is 'java:jboss/datasources/Nowhere'; it must be");
    }

    private static void subscribes(RawWebSocket who, String options) {
        assertThat(who.says("[32,1," + options + ",'orders/17']").hears()).startsWith("[33,1,");
    }

    private static void publishes(RawWebSocket who, String payload) {
        assertThat(who.says("[16,1,{'acknowledge':true},'orders/17'," + payload + "]")
                        .hears())
                .startsWith("[17,1,");
    }

    private static String position(String event) {
        Matcher position = POSITION.matcher(event);
        assertThat(position.find()).as("a position in %s", event).isTrue();
        return position.group(1);
    }

    private static String epoch(String position) {
        return position.substring(0, position.indexOf(':'));
    }

    private static WebArchive withHistory(String name, String more) {
        return Library.war(name, AccountServlet.class.getPackage())
                .addAsResource(
                        new StringAsset(
                                "carillon.open=true\ncarillon.history=prefix orders/ keep 100 for PT1H\n" + more),
                        "META-INF/microprofile-config.properties");
    }

    private static URI endpoint(String application) {
        return URI.create("ws://127.0.0.1:" + HTTP_PORT + "/" + application + "/wamp");
    }
}
