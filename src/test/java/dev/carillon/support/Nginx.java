package dev.carillon.support;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** An nginx of the system with a configuration of {@code server-config}. Without one the test is skipped and says so. */
public final class Nginx implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(50);

    private final Process process;

    private Nginx(Process process) {
        this.process = process;
    }

    /**
     * Starts it, or skips the calling test.
     *
     * @param folder for its files; deleted first
     * @param configuration what goes into the block {@code http}
     * @param changes text in there, and what takes its place: ports, paths, timeouts
     * @param port on which it listens when these are made
     */
    public static Nginx start(Path folder, Path configuration, Map<String, String> changes, int port) {
        Path binary = binary().orElse(null);
        if (binary == null) {
            return abort("No nginx found: install it, or put it on the PATH");
        }
        try {
            WildFlyServer.delete(folder);
            Files.createDirectories(folder);
            Path main = folder.resolve("nginx.conf").toAbsolutePath();
            Files.writeString(main, main(folder.toAbsolutePath(), changed(configuration, changes)));
            Process process = new ProcessBuilder(
                            binary.toString(),
                            "-c",
                            main.toString(),
                            "-e",
                            "error.log",
                            "-p",
                            folder.toAbsolutePath() + "/")
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("console.log").toFile())
                    .start();
            Nginx nginx = new Nginx(process);
            nginx.await(port, folder);
            return nginx;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private static String changed(Path configuration, Map<String, String> changes) throws IOException {
        String text = Files.readString(configuration);
        for (Map.Entry<String, String> change : changes.entrySet()) {
            if (!text.contains(change.getKey())) {
                throw new IllegalArgumentException(configuration + " does not have: " + change.getKey());
            }
            text = text.replace(change.getKey(), change.getValue());
        }
        return text;
    }

    /** In the foreground, and with all files in the folder. */
    private static String main(Path folder, String http) {
        StringBuilder text = new StringBuilder(
                        "daemon off;\nworker_processes 1;\npid nginx.pid;\nerror_log error.log;\n")
                .append("events {}\nhttp {\naccess_log access.log;\n");
        Stream.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
                .forEach(use -> text.append(use + "_temp_path " + folder + "/temp-" + use + ";\n"));
        return text.append(http).append("}\n").toString();
    }

    private void await(int port, Path folder) throws IOException {
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (process.isAlive() && System.nanoTime() < limit) {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress("127.0.0.1", port));
                return;
            } catch (IOException notYet) {
                pause();
            }
        }
        close();
        throw new IllegalStateException("nginx did not start: " + Files.readString(folder.resolve("console.log")));
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while nginx started", e);
        }
    }

    /** Debian has it where only root's PATH leads. */
    private static Optional<Path> binary() {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
