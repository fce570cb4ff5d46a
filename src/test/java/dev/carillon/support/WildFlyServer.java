package dev.carillon.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A WildFly process with one WAR deployed, for tests that need a server, or settings, of their own; where the shared
 * server will do, Arquillian is cheaper. It runs the modules of the provisioned server on a fresh copy of its
 * configuration, as a user would who follows the README, and listens on the loopback address only.
 *
 * <pre>{@code
 * try (WildFlyServer server = WildFlyServer.start("strangers", war, 1500, Map.of("carillon.open", "true"))) {
 *     connect(server.webSocket("wamp"));
 * }
 * }</pre>
 *
 * <p>In a test class with one server for all tests: start it in {@code @BeforeAll}, close it in {@code @AfterAll}.
 * Each user takes a {@code portOffset} of its own, clear of {@code test.port.offset}.
 */
public final class WildFlyServer implements AutoCloseable {

    private static final int HTTP_PORT = 8080;
    private static final int HTTPS_PORT = 8443;
    private static final int MANAGEMENT_PORT = 9990;

    /** Far above the seconds that a start takes; a busy machine is no reason to fail. */
    private static final Duration START_LIMIT = Duration.ofSeconds(120);

    private static final Duration STOP_LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(100);

    /** What earlier runs of the provisioned server left behind is not part of a fresh one. */
    private static final Set<String> NOT_COPIED = Set.of("data", "deployments", "log", "tmp", "standalone_xml_history");

    private static final int LOG_LINES_TOLD = 40;

    private final Path baseDirectory;
    private final String warName;
    private final int portOffset;
    private final Process process;
    private final Thread stopAtExit;

    private WildFlyServer(Path baseDirectory, String warName, int portOffset, Process process) {
        this.baseDirectory = baseDirectory;
        this.warName = warName;
        this.portOffset = portOffset;
        this.process = process;
        this.stopAtExit = new Thread(() -> stop(process), "stop " + baseDirectory.getFileName());
        Runtime.getRuntime().addShutdownHook(stopAtExit); // for a test run that is interrupted
    }

    /**
     * Starts a server and returns when the WAR is deployed.
     *
     * @param name the folder of this server below {@code target/it}; what was in it is deleted
     * @param war the file to deploy; its name without {@code .war} is the context path
     * @param portOffset added to 8080 for HTTP and to 9990 for management
     * @param properties system properties of the server, such as {@code carillon.open}
     * @throws IllegalStateException if a port is taken, or if the WAR is not deployed in time: the text has the reason
     *     that the server gives and the end of its log
     */
    public static WildFlyServer start(String name, Path war, int portOffset, Map<String, String> properties) {
        return start(name, war, portOffset, properties, UnaryOperator.identity());
    }

    /** The same, with another configuration. @param changed what {@code standalone.xml} becomes */
    public static WildFlyServer start(
            String name, Path war, int portOffset, Map<String, String> properties, UnaryOperator<String> changed) {
        requireFree(HTTP_PORT + portOffset);
        requireFree(MANAGEMENT_PORT + portOffset);
        Path home = Path.of(System.getProperty("jboss.home", "target/server")).toAbsolutePath();
        Path base =
                Path.of(System.getProperty("basedir", ""), "target", "it", name).toAbsolutePath();
        WildFlyServer server;
        try {
            prepare(home.resolve("standalone"), base, war);
            Path configuration = base.resolve("configuration").resolve("standalone.xml");
            Files.writeString(configuration, changed.apply(Files.readString(configuration)));
            Process process = launch(home, base, portOffset, properties);
            server = new WildFlyServer(base, war.getFileName().toString(), portOffset, process);
        } catch (IOException e) {
            throw new UncheckedIOException("WildFly '" + name + "' was not started", e);
        }
        try {
            server.awaitDeployment();
        } catch (Throwable failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    /** The address of the deployed WAR, ending in a slash: resolve paths against it. */
    public URI http() {
        return URI.create("http://127.0.0.1:" + (HTTP_PORT + portOffset) + "/" + contextPath() + "/");
    }

    /** The WebSocket address of a path below the deployed WAR, such as {@code wamp}. */
    public URI webSocket(String path) {
        URI endpoint = http().resolve(path.startsWith("/") ? path.substring(1) : path);
        return URI.create("ws" + endpoint.toString().substring("http".length()));
    }

    /** Where it listens for HTTPS. */
    public int httpsPort() {
        return HTTPS_PORT + portOffset;
    }

    /** Where it listens for operations. */
    public int managementPort() {
        return MANAGEMENT_PORT + portOffset;
    }

    /** Its folder {@code standalone/configuration}. */
    public Path configuration() {
        return baseDirectory.resolve("configuration");
    }

    /** Its management port; to be closed. */
    public Management management() {
        return new Management(MANAGEMENT_PORT + portOffset);
    }

    /** The log of the server, in which also everything stands that it writes to its console. */
    public Path log() {
        return baseDirectory.resolve("log").resolve("server.log");
    }

    /** The id of the server's Java process, the only child of the shell script: for tests that look at its memory. */
    public long pid() {
        return process.children().findFirst().orElseThrow().pid();
    }

    /** Stops the server as an operator would, with SIGTERM, and by force if that takes too long. */
    @Override
    public void close() {
        stop(process);
        try {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
        } catch (IllegalStateException shuttingDown) {
            // The hook has run or runs now: there is nothing left to take back.
        }
    }

    private String contextPath() {
        return warName.substring(0, warName.length() - ".war".length());
    }

    /** A server on a taken port deploys all the same; the test would then talk to the other one. */
    private static void requireFree(int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true); // connections of the server before may still be in TIME_WAIT
            probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        } catch (IOException e) {
            throw new IllegalStateException("Port " + port + " is taken; end the process that listens there", e);
        }
    }

    private static void prepare(Path template, Path base, Path war) throws IOException {
        delete(base);
        Files.walkFileTree(template, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (NOT_COPIED.contains(directory.getFileName().toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.createDirectories(copyOf(directory));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, copyOf(file));
                return FileVisitResult.CONTINUE;
            }

            private Path copyOf(Path original) {
                return base.resolve(template.relativize(original).toString());
            }
        });
        Path deployments = Files.createDirectories(base.resolve("deployments"));
        Files.copy(war, deployments.resolve(war.getFileName().toString()));
    }

    /** Deletes a folder with all that is in it, if it is there. */
    public static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(directory)) {
            for (Path path : paths.sorted((a, b) -> b.compareTo(a)).toList()) { // children before their folder
                Files.delete(path);
            }
        }
    }

    private static Process launch(Path home, Path base, int portOffset, Map<String, String> properties)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin").resolve("standalone.sh").toString());
        command.add("-b=127.0.0.1");
        command.add("-Djboss.server.base.dir=" + base);
        command.add("-Djboss.socket.binding.port-offset=" + portOffset);
        properties.forEach((key, value) -> command.add("-D" + key + "=" + value));

        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(base.resolve("console.log").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("server.java", System.getProperty("java.home")));
        builder.environment().keySet().removeAll(Set.of("JAVA_OPTS", "JBOSS_HOME", "JBOSS_BASE_DIR"));
        return builder.start();
    }

    private void awaitDeployment() {
        Path deployed = baseDirectory.resolve("deployments").resolve(warName + ".deployed");
        Path failed = baseDirectory.resolve("deployments").resolve(warName + ".failed");
        long limit = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(deployed)) {
            if (Files.exists(failed)) {
                throw notDeployed("the server refused it: " + read(failed));
            }
            if (!process.isAlive()) {
                throw notDeployed("the server ended with exit code " + process.exitValue());
            }
            if (System.nanoTime() > limit) {
                throw notDeployed("it took more than " + START_LIMIT.toSeconds() + " s");
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(POLL.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while WildFly started", e);
        }
    }

    private IllegalStateException notDeployed(String reason) {
        Path log = Files.exists(log()) ? log() : baseDirectory.resolve("console.log");
        List<String> lines = read(log).lines().toList();
        String end = String.join("\n", lines.subList(Math.max(0, lines.size() - LOG_LINES_TOLD), lines.size()));
        return new IllegalStateException(
                warName + " was not deployed: " + reason + "\nThe end of " + log + ":\n" + end);
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "(" + file + " cannot be read: " + e + ")";
        }
    }

    /** {@code standalone.sh} does not pass a signal on, so its Java process is told itself; the shell then ends too. */
    private static void stop(Process shell) {
        List<ProcessHandle> processes =
                Stream.concat(shell.descendants(), Stream.of(shell.toHandle())).toList();
        processes.forEach(ProcessHandle::destroy);
        long limit = System.nanoTime() + STOP_LIMIT.toNanos();
        for (ProcessHandle each : processes) {
            if (!ended(each, limit - System.nanoTime())) {
                each.destroyForcibly();
                ended(each, STOP_LIMIT.toNanos());
            }
        }
    }

    private static boolean ended(ProcessHandle process, long nanos) {
        try {
            process.onExit().get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Waiting for process " + process.pid() + " failed", e);
        }
    }
}
