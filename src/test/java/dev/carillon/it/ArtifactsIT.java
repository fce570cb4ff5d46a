package dev.carillon.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.NodeList;

/** What is in the archives that {@code mvn package} makes, and what must not be. */
class ArtifactsIT {

    private static final String ROUTER_WAR = "carillon.war";
    private static final String DEMO_WAR = "carillon-demo.war";
    private static final String LIBRARY = "carillon-classes.jar";
    private static final String CLIENT = "carillon-client.jar";
    private static final String COMMAND_LINE = "carillon-cli.jar";

    private static final List<String> PACKAGES_OF_THE_CLIENT =
            List.of("client", "executor", "matching", "protocol", "remote", "security", "serializer");

    private static final int JAVA_17_CLASS_VERSION = 61;

    @ParameterizedTest
    @ValueSource(strings = {ROUTER_WAR, LIBRARY})
    void nothingOfTheDemoIsOutsideItsWar(String archive) throws IOException {
        assertThat(files(archive))
                .noneMatch(file -> file.contains("dev/carillon/demo/"))
                .noneMatch(file -> file.startsWith("demo/") || file.startsWith("resources/demo/"))
                .noneMatch(file -> file.endsWith("persistence.xml"));
    }

    @Test
    void theDemoWarIsTheRouterWarAndTheDemo() throws IOException {
        assertThat(files(DEMO_WAR))
                .containsAll(files(ROUTER_WAR))
                .anyMatch(file -> file.startsWith("WEB-INF/classes/dev/carillon/demo/"))
                .anyMatch(file -> file.startsWith("demo/") && file.endsWith(".xhtml"))
                .contains("WEB-INF/web.xml", "WEB-INF/classes/META-INF/persistence.xml");
    }

    @Test
    void theDemosOwnWebInfIsNotServedAsPages() throws IOException {
        assertThat(files(DEMO_WAR)).noneMatch(file -> file.startsWith("demo/WEB-INF/"));
    }

    @Test
    void theLibraryBringsNoPagesToItsHost() throws IOException {
        assertThat(files(LIBRARY))
                .noneMatch(file -> file.contains("dev/carillon/admin/pages/"))
                .noneMatch(file -> file.endsWith(".xhtml"))
                .noneMatch(file -> file.startsWith("WEB-INF/") || file.startsWith("resources/"));
    }

    @Test
    void theWarsHoldEveryClassOfTheLibrary() throws IOException {
        List<String> classes = files(LIBRARY).stream()
                .filter(file -> file.endsWith(".class"))
                .map(file -> "WEB-INF/classes/" + file)
                .toList();
        assertThat(classes).isNotEmpty();
        assertThat(files(ROUTER_WAR)).containsAll(classes);
    }

    @Test
    void theScriptForPagesIsWhereAServerLooksForIt() throws IOException {
        assertThat(files(ROUTER_WAR)).contains("carillon/carillon.js");
        assertThat(files(DEMO_WAR)).contains("carillon/carillon.js");
        assertThat(files(LIBRARY)).contains("META-INF/resources/carillon/carillon.js");
    }

    /** Two of them make Open Liberty warn (CWOWB1001W). */
    @Test
    void beansXmlIsInOnePlace() throws IOException {
        assertThat(files(LIBRARY)).contains("META-INF/beans.xml");
        for (String war : List.of(ROUTER_WAR, DEMO_WAR)) {
            assertThat(files(war))
                    .filteredOn(file -> file.endsWith("beans.xml"))
                    .containsExactly("WEB-INF/classes/META-INF/beans.xml");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTER_WAR, DEMO_WAR})
    void aWarBringsOnlyTheLibrariesItNeeds(String war) throws IOException {
        assertThat(files(war))
                .filteredOn(file -> file.startsWith("WEB-INF/lib/"))
                .singleElement()
                .asString()
                .matches("WEB-INF/lib/jackson-core-[0-9.]+\\.jar");
    }

    @Test
    void whoDependsOnTheLibraryInheritsOnlyWhatTheLibraryNeeds() throws Exception {
        NodeList dependencies = (NodeList) XPathFactory.newInstance()
                .newXPath()
                .evaluate(
                        "/project/dependencies/dependency[not(scope) or scope='compile' or scope='runtime']"
                                + "[not(optional='true')]/artifactId",
                        DocumentBuilderFactory.newInstance() // which knows nothing of namespaces
                                .newDocumentBuilder()
                                .parse(Path.of("pom.xml").toFile()),
                        XPathConstants.NODESET);
        assertThat(dependencies.getLength()).isEqualTo(1);
        assertThat(dependencies.item(0).getTextContent()).isEqualTo("jackson-core");
    }

    @Test
    void theClientIsWhatAClientNeedsAndNoMore() throws IOException {
        assertThat(files(CLIENT).stream()
                        .filter(file -> !file.startsWith("META-INF/"))
                        .map(file -> file.replaceFirst("dev/carillon/(\\w+)/\\w[\\w$-]*\\.class", "$1"))
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(PACKAGES_OF_THE_CLIENT);
    }

    @Test
    void theCommandLineBringsAllThatItNeeds() throws Exception {
        List<String> files = files(COMMAND_LINE);
        assertThat(files)
                .doesNotHaveDuplicates()
                .containsAll(files(CLIENT).stream()
                        .filter(file -> file.endsWith(".class"))
                        .toList());
        assertThat(files.stream()
                        .filter(file -> file.matches("dev/carillon/\\w+/.*"))
                        .map(file -> file.split("/")[2])
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.concat(PACKAGES_OF_THE_CLIENT.stream(), Stream.of("cli"))
                        .toList());
        for (Class<?> service : List.of(
                jakarta.websocket.ContainerProvider.class,
                jakarta.json.spi.JsonProvider.class,
                jakarta.json.bind.spi.JsonbProvider.class)) {
            assertThat(files).contains("META-INF/services/" + service.getName());
        }
        Process version = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-jar",
                        Path.of(System.getProperty("basedir", ""), "target", COMMAND_LINE)
                                .toString(),
                        "--version")
                .redirectErrorStream(true)
                .start();
        assertThat(new String(version.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("carillon \\d+\\.\\d+\\.\\d+\\S*\\R");
        assertThat(version.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {ROUTER_WAR, DEMO_WAR, LIBRARY})
    void nothingOfTheCommandLineIsOutsideItsJar(String archive) throws IOException {
        assertThat(files(archive))
                .noneMatch(file -> file.contains("dev/carillon/cli/"))
                .noneMatch(file -> file.contains("picocli") || file.contains("tyrus"));
    }

    @ParameterizedTest
    @ValueSource(strings = {LIBRARY, CLIENT})
    void whatOthersPutOnTheirClassPathRunsOnJava17(String archive) throws IOException {
        try (JarFile jar = open(archive)) {
            for (JarEntry entry :
                    jar.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
                try (DataInputStream in = new DataInputStream(jar.getInputStream(entry))) {
                    in.readInt(); // the magic number
                    in.readUnsignedShort(); // the minor version
                    assertThat(in.readUnsignedShort()).as(entry.getName()).isEqualTo(JAVA_17_CLASS_VERSION);
                }
            }
        }
    }

    private static List<String> files(String archive) throws IOException {
        try (JarFile jar = open(archive);
                Stream<JarEntry> entries = jar.stream()) {
            return entries.filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    private static JarFile open(String archive) throws IOException {
        return new JarFile(
                Path.of(System.getProperty("basedir", ""), "target", archive).toFile());
    }
}
