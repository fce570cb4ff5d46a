package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.support.JBossCli;
import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The scripts of {@code server-config}: each pair leaves a server's configuration as it was. */
class ServerConfigIT {

    private static final Path SCRIPTS = Path.of("server-config", "wildfly");
    private static final Path BASE = Path.of("target", "it", "server-config").toAbsolutePath();
    private static final Path UNIT = Path.of("target", "it", "systemd").toAbsolutePath();
    private static final Path SERVER =
            Path.of(System.getProperty("jboss.home", "target/server")).toAbsolutePath();

    private static final String START = "embed-server --server-config=standalone.xml";
    private static final String STOP = "stop-embedded-server";
    private static final String SNAPSHOT = ":take-snapshot";

    /** What the provisioned server has been configured with already: these are restored first. */
    private static final List<String> THERE_ALREADY = List.of("", "metrics");

    @Test
    void eachPairOfScriptsLeavesTheConfigurationAsItWas() throws IOException {
        WildFlyServer.delete(BASE);
        Path configuration = Files.createDirectories(BASE.resolve("configuration"));
        for (String name :
                List.of("standalone.xml", "logging.properties", "demo-users.properties", "demo-roles.properties")) {
            Files.copy(
                    SERVER.resolve("standalone/configuration").resolve(name),
                    configuration.resolve(name),
                    StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> concerns = concerns();
        JBossCli.embedded(BASE, script(concerns));

        List<String> snapshots = snapshots();
        assertThat(snapshots).hasSize(1 + 2 * concerns.size());
        for (int i = 0; i < concerns.size(); i++) {
            assertThat(snapshots.get(2 * i + 1))
                    .as(concerns.get(i) + " changes something")
                    .isNotEqualTo(snapshots.get(2 * i));
            assertThat(snapshots.get(2 * i + 2))
                    .as(concerns.get(i) + " is taken back")
                    .isEqualTo(snapshots.get(0));
        }
    }

    @Test
    void systemdUnderstandsTheUnit() throws Exception {
        Path unit = Files.createDirectories(UNIT).resolve("carillon.service");
        Files.writeString(
                unit,
                Files.readString(Path.of("server-config/systemd/carillon.service"))
                        .replace("/opt/wildfly", SERVER.toString()));
        Process verify;
        try {
            verify = new ProcessBuilder("systemd-analyze", "verify", unit.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            Assumptions.abort("systemd-analyze is not on the PATH");
            return;
        }
        String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(verify.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(said).doesNotContain("carillon.service");
        assertThat(verify.exitValue()).as(said).isZero();
    }

    /** The folders with a pair of scripts; the empty name is that of the pair in no folder. */
    private static List<String> concerns() throws IOException {
        List<String> concerns = new ArrayList<>(List.of(""));
        try (Stream<Path> folders = Files.list(SCRIPTS)) {
            folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .forEach(concerns::add);
        }
        return concerns;
    }

    private static Path script(List<String> concerns) throws IOException {
        List<String> lines = new ArrayList<>(List.of(START, SNAPSHOT));
        for (String concern : concerns) {
            boolean isThere = THERE_ALREADY.contains(concern);
            lines.addAll(
                    Files.readAllLines(SCRIPTS.resolve(concern).resolve(isThere ? "restore.cli" : "configure.cli")));
            lines.add(SNAPSHOT);
            if (isThere) {
                lines.addAll(List.of(STOP, START)); // what was removed is not gone before a restart
            }
            lines.addAll(
                    Files.readAllLines(SCRIPTS.resolve(concern).resolve(isThere ? "configure.cli" : "restore.cli")));
            lines.add(SNAPSHOT);
        }
        lines.add(STOP);
        return Files.write(BASE.resolve("all.cli"), lines);
    }

    private static List<String> snapshots() throws IOException {
        List<String> snapshots = new ArrayList<>();
        try (Stream<Path> files = Files.list(BASE.resolve("configuration/standalone_xml_history/snapshot"))) {
            for (Path file : files.sorted().toList()) {
                snapshots.add(Files.readString(file));
            }
        }
        return snapshots;
    }
}
