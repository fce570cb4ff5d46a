package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.carillon.support.WildFlyServer;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Runs the tests that are written in JavaScript: those of the page's script, and the conversations of clients from the
 * npm registry (autobahn, wampy) with the deployed router. A failure shows what node has printed; that is also in
 * {@code target/it/javascript-*.log}.
 */
class JavaScriptIT {

    private static final int PORT_OFFSET = 1600;
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path WAR = BASE.resolve("target/carillon.war");

    private static final Path PAGE_TESTS = Path.of("src/test/js");
    private static final Path INTEROP = Path.of("src/test/interop");
    private static final Path PAGE_SCRIPT = Path.of("src/main/resources/META-INF/resources/carillon");

    /** The copy that npm may write into; files keep their paths, since they import each other by these. */
    private static final Path COPY = BASE.resolve("target/it/javascript");

    private static final long LIMIT_SECONDS = 180;

    private static boolean installed;

    /** Before each, so that the report shows each test as skipped, with the reason. */
    @BeforeEach
    void nodeIsThere() throws Exception {
        for (String program : List.of("node", "npm")) {
            try {
                new ProcessBuilder(program, "--version")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            } catch (IOException absent) {
                abort(program + " is not on the PATH; the tests written in JavaScript need node 20.19 or newer");
            }
        }
        Files.createDirectories(COPY.getParent());
    }

    @Test
    void theScriptOfThePageDoesWhatItsTestsSay() throws Exception {
        run("page-script", BASE.resolve(PAGE_TESTS), Map.of(), nodeTest(PAGE_TESTS));
    }

    @Test
    void theTypesOfTheScriptFitItsUse() throws Exception {
        installPackages();
        run("types", COPY.resolve(INTEROP), Map.of(), List.of("npm", "run", "types"));
    }

    @Test
    void clientsWrittenByOthersTalkToTheRouter() throws Exception {
        installPackages();
        try (WildFlyServer server =
                WildFlyServer.start("javascript-router", WAR, PORT_OFFSET, Map.of("carillon.open", "true"))) {
            Map<String, String> router =
                    Map.of("CARILLON_URL", server.webSocket("wamp").toString());
            run("interop", COPY.resolve(INTEROP), router, nodeTest(INTEROP));
        }
    }

    /** Names the files one by one: what node makes of a folder differs between its versions. */
    private static List<String> nodeTest(Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of("node", "--test", "--test-reporter=spec"));
        try (Stream<Path> files = Files.list(BASE.resolve(folder))) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(command::add);
        }
        assertThat(command).as("tests in %s", folder).hasSizeGreaterThan(3);
        return command;
    }

    /** The sources are not written to: npm works in a copy, once for all tests that need it. */
    private static void installPackages() throws Exception {
        if (installed) {
            return;
        }
        copy(INTEROP);
        copy(PAGE_SCRIPT);
        run(
                "npm",
                COPY.resolve(INTEROP),
                Map.of(),
                List.of(
                        "npm",
                        "ci",
                        "--ignore-scripts",
                        "--omit=optional",
                        "--include=dev",
                        "--no-audit",
                        "--no-fund"));
        installed = true;
    }

    private static void copy(Path folder) throws IOException {
        Path from = BASE.resolve(folder);
        Path to = COPY.resolve(folder);
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                if (directory.endsWith("node_modules")) {
                    return FileVisitResult.SKIP_SUBTREE; // what somebody has installed to run these tests by hand
                }
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file)), StandardCopyOption.REPLACE_EXISTING);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Runs a command to its end, which must be a success. */
    private static void run(String name, Path folder, Map<String, String> environment, List<String> command)
            throws Exception {
        Path log = COPY.resolveSibling("javascript-" + name + ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            assertThat(ended)
                    .as("%s ended within %d s; so far:%n%s", command, LIMIT_SECONDS, Files.readString(log))
                    .isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as("exit code of %s, which said:%n%s", command, Files.readString(log))
                .isZero();
    }
}
