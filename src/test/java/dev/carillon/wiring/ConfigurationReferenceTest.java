package dev.carillon.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.carillon.maintenance.MaintenanceSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The guide's page "Configuration" lists exactly the settings that there are, with the defaults that they have. */
class ConfigurationReferenceTest {

    private static final Path PAGE =
            Path.of(System.getProperty("basedir", ""), "src/site/markdown/guide/configuration.md");

    private static final String NO_DEFAULT = "none";

    /** A row of the table: the key, and its default as code or the word "none". */
    private static final Pattern ROW =
            Pattern.compile("^\\| `(carillon\\.[^`]+)` \\| (?:`([^`]+)`|(" + NO_DEFAULT + ")) \\|", Pattern.MULTILINE);

    @Test
    void everySettingIsOnThePageAndNothingElse() throws IOException {
        assertThat(documentedDefaults().keySet()).containsExactlyInAnyOrderElementsOf(keysAskedFor());
    }

    @TestFactory
    Stream<DynamicTest> everyDefaultOnThePageIsTheRealOne() throws IOException {
        return documentedDefaults().entrySet().stream()
                .filter(row -> !row.getValue().equals(NO_DEFAULT))
                .map(row -> dynamicTest(row.getKey(), () -> changesNothing(row.getKey(), row.getValue())));
    }

    @Test
    void onlyTheseSettingsHaveNoDefault() throws IOException {
        CarillonSettings settings = read(Map.of());
        assertThat(settings.histories()).isEmpty();
        assertThat(settings.historyStore()).isEmpty();
        assertThat(settings.outboxPolicies()).isEmpty();
        assertThat(settings.roles()).isEmpty();
        assertThat(settings.content().roles()).isEmpty();
        assertThat(settings.admin().roles()).isEmpty();
        assertThat(settings.backendSecret()).isEmpty();
        assertThat(settings.maintenance()).usingRecursiveComparison().isEqualTo(MaintenanceSettings.DEFAULT);
        assertThat(settings.origins().allow("https://shop.example.com", "localhost:8080"))
                .isFalse();

        assertThat(documentedDefaults().entrySet())
                .filteredOn(row -> row.getValue().equals(NO_DEFAULT))
                .extracting(Map.Entry::getKey)
                .containsExactlyInAnyOrder(
                        "carillon.realms",
                        "carillon.visitors",
                        "carillon.permissions",
                        "carillon.history",
                        "carillon.history.datasource",
                        "carillon.history.owner",
                        "carillon.content.roles",
                        "carillon.outbox.when-full",
                        "carillon.security.roles",
                        "carillon.admin.roles",
                        "carillon.backend.secret",
                        "carillon.origins",
                        "carillon.maintenance.allow.paths",
                        "carillon.maintenance.allow.addresses",
                        "carillon.maintenance.allow.roles",
                        "carillon.maintenance.page",
                        "carillon.maintenance.file");
    }

    private static void changesNothing(String key, String documentedDefault) {
        assertThat(read(Map.of(key, documentedDefault)))
                .usingRecursiveComparison()
                .isEqualTo(read(Map.of()));
    }

    private static CarillonSettings read(Map<String, String> values) {
        SettingsReader reader = new SettingsReader(new SettingsReaderTest.InMemory(values));
        CarillonSettings settings = CarillonSettings.read(reader);
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.unknown()).isEmpty();
        return settings;
    }

    private static Set<String> keysAskedFor() {
        Set<String> asked = new TreeSet<>();
        CarillonSettings.read(new SettingsReader(new Configuration() {
            @Override
            public Optional<String> get(String key) {
                asked.add(key);
                return Optional.empty();
            }

            @Override
            public Set<String> keys() {
                return Set.of();
            }
        }));
        return asked;
    }

    private static Map<String, String> documentedDefaults() throws IOException {
        Map<String, String> defaults = new LinkedHashMap<>();
        Matcher row = ROW.matcher(Files.readString(PAGE));
        while (row.find()) {
            String before = defaults.put(row.group(1), row.group(2) != null ? row.group(2) : NO_DEFAULT);
            assertThat(before).as("an earlier row of %s", row.group(1)).isNull();
        }
        return defaults;
    }
}
