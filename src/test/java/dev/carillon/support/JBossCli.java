package dev.carillon.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code jboss-cli.sh} of the provisioned server, as an administrator calls it. */
public final class JBossCli {

    private static final Path HOME =
            Path.of(System.getProperty("jboss.home", "target/server")).toAbsolutePath();

    private static final long LIMIT_SECONDS = 120;

    private JBossCli() {}

    /** Runs a script in a server that is embedded, on the configuration below this folder. */
    public static void embedded(Path base, Path script) {
        run(List.of("-Djboss.server.base.dir=" + base.toAbsolutePath()), "--file=" + script.toAbsolutePath());
    }

    /** Runs scripts, as if they were one, on a server that runs. */
    public static void connected(int managementPort, Path... scripts) {
        try {
            Path all = Files.createTempFile(Path.of("target").toAbsolutePath(), "jboss-cli", ".cli");
            for (Path script : scripts) {
                Files.write(all, Files.readAllLines(script), StandardOpenOption.APPEND);
            }
            run(List.of(), "--connect", "--controller=127.0.0.1:" + managementPort, "--file=" + all);
            Files.delete(all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void run(List<String> javaOptions, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(HOME.resolve("bin").resolve("jboss-cli.sh").toString());
        command.addAll(List.of(arguments));
        try {
            Path printed = Files.createTempFile(Path.of("target").toAbsolutePath(), "jboss-cli", ".log");
            ProcessBuilder builder =
                    new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("server.java", System.getProperty("java.home")));
            builder.environment().keySet().removeAll(Set.of("JBOSS_HOME", "JBOSS_BASE_DIR"));
            builder.environment().put("JAVA_OPTS", String.join(" ", javaOptions));
            Process process = builder.start();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
            String output = Files.readString(printed);
            Files.delete(printed);
            assertThat(process.exitValue())
                    .as(String.join(" ", command) + "\n" + output)
                    .isZero();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while jboss-cli.sh ran", e);
        }
    }
}
