package dev.carillon.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What an editor shows of the tags is what the components do. */
class TagLibraryTest {

    private static final Set<String> OF_EVERY_COMPONENT = Set.of("id", "rendered", "binding");

    private static final Map<String, Class<?>> COMPONENTS = Map.of(
            "connect",
            Connect.class,
            "subscribe",
            Subscribe.class,
            "content",
            Content.class,
            "here",
            Here.class,
            "maintenance",
            Maintenance.class);

    private final Document library = parse("carillon.taglib.xml");
    private final Document configuration = parse("faces-config.xml");

    @Test
    void everyTagNamesAComponentThatFacesKnows() throws Exception {
        Map<String, String> classes = elements(configuration.getDocumentElement(), "component").stream()
                .collect(Collectors.toMap(
                        component -> text(component, "component-type"),
                        component -> text(component, "component-class")));
        for (Element tag : tags()) {
            Class<?> component = COMPONENTS.get(text(tag, "tag-name"));
            assertThat(component.getField("COMPONENT_TYPE").get(null)).isEqualTo(text(tag, "component-type"));
            assertThat(classes).containsEntry(text(tag, "component-type"), component.getName());
        }
        assertThat(tags()).hasSameSizeAs(COMPONENTS.entrySet());
    }

    @Test
    void everyTagAndEveryAttributeIsDescribed() {
        tags().forEach(tag -> {
            assertThat(text(tag, "description")).as(text(tag, "tag-name")).isNotBlank();
            elements(tag, "attribute").forEach(attribute -> {
                assertThat(text(attribute, "description"))
                        .as(text(attribute, "name"))
                        .endsWith(".");
                assertThat(text(attribute, "type")).as(text(attribute, "name")).isNotBlank();
            });
        });
    }

    /** The sources name what they read: {@code attribute("topic")}, a constant, or an event of the connection. */
    @Test
    void theAttributesAreThoseThatTheComponentsRead() throws Exception {
        for (Element tag : tags()) {
            Class<?> component = COMPONENTS.get(text(tag, "tag-name"));
            Set<String> read = new TreeSet<>(OF_EVERY_COMPONENT);
            read.add(CarillonComponent.NONCE);
            Pattern.compile("[aA]ttribute\\(\"(\\w+)\"\\)")
                    .matcher(Files.readString(source(component)))
                    .results()
                    .forEach(found -> read.add(found.group(1)));
            if (component == Connect.class) {
                Connect.EVENTS.forEach(event -> read.add("on" + event));
            }
            assertThat(elements(tag, "attribute").stream().map(attribute -> text(attribute, "name")))
                    .as(text(tag, "tag-name"))
                    .containsExactlyInAnyOrderElementsOf(read);
        }
    }

    @Test
    void theScriptReadsWhatTheComponentsWrite() throws Exception {
        String script =
                Files.readString(base().resolve("src/main/resources/META-INF/resources/carillon/carillon-faces.js"));
        for (Class<?> component : COMPONENTS.values()) {
            Pattern.compile("\"data-([a-z]+)\"")
                    .matcher(Files.readString(source(component)))
                    .results()
                    .forEach(written -> assertThat(script).containsPattern("\\b" + written.group(1) + "\\b"));
        }
        Connect.EVENTS.forEach(event -> assertThat(script).contains("'" + event + "'"));
    }

    private List<Element> tags() {
        return elements(library.getDocumentElement(), "tag");
    }

    private static List<Element> elements(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(found::item)
                .map(Element.class::cast)
                .toList();
    }

    private static String text(Element parent, String name) {
        return parent.getElementsByTagName(name).item(0).getTextContent().strip();
    }

    private static Path source(Class<?> type) {
        return base().resolve("src/main/java").resolve(type.getName().replace('.', '/') + ".java");
    }

    private static Path base() {
        return Path.of(System.getProperty("basedir", ""));
    }

    private static Document parse(String name) {
        try (InputStream file = TagLibraryTest.class.getResourceAsStream("/META-INF/" + name)) {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file);
        } catch (Exception e) {
            throw new IllegalStateException(name, e);
        }
    }
}
