package dev.carillon.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.admin.Setting;
import dev.carillon.history.HistorySettings;
import dev.carillon.protocol.Uri;
import dev.carillon.session.OutboxLimits;
import dev.carillon.store.StoreSettings;
import dev.carillon.transport.TransportSettings;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator has written, and what Carillon makes of it or says about it. */
class SettingsReaderTest {

    @Test
    void withoutSettingsTheDefaultsOfTheTypedRecordsCount() {
        SettingsReader reader = reader(Map.of());
        CarillonSettings settings = CarillonSettings.read(reader);

        assertThat(reader.problems()).isEmpty();
        assertThat(settings.open()).isFalse();
        assertThat(settings.realms()).containsExactly("carillon");
        assertThat(settings.uriRules()).isEqualTo(Uri.Rules.LOOSE);
        assertThat(settings.roles()).isEmpty();
        assertThat(settings.backendSecret()).isEmpty();
        assertThat(settings.ticketTimeToLive()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.handshake().ticketInUrl()).isFalse();
        assertThat(settings.transport()).isEqualTo(TransportSettings.DEFAULT);
        assertThat(settings.outbox()).isEqualTo(OutboxLimits.DEFAULT);
    }

    @Test
    void administratorsAreShownWhatIsInForceAndNoSecret() {
        SettingsReader reader = reader(
                Map.of("carillon.backend.secret", "correct horse battery staple", "carillon.ping.interval", " PT5S "));
        CarillonSettings.read(reader);

        assertThat(reader.settings())
                .contains(
                        new Setting("carillon.backend.secret", "set", false),
                        new Setting("carillon.ping.interval", "PT5S", false),
                        new Setting("carillon.ping.timeout", "PT1M", true),
                        new Setting("carillon.realm", "carillon", true),
                        new Setting("carillon.origins", "", true))
                .isSortedAccordingTo(Comparator.comparing(Setting::key));
        SettingsReader without = reader(Map.of());
        CarillonSettings.read(without);
        assertThat(without.settings()).contains(new Setting("carillon.backend.secret", "not set", true));
    }

    /** Whoever adds one must read it by {@code secret}. */
    @Test
    void noSettingWhoseNameSpeaksOfASecretIsShown() {
        SettingsReader reader = reader(Map.of());
        CarillonSettings.read(reader);
        assertThat(reader.settings())
                .filteredOn(setting -> setting.key().matches(".*(secret|password|token|credential).*"))
                .isNotEmpty()
                .allMatch(setting -> setting.value().equals("not set"));
    }

    @Test
    void whatIsSetCounts() {
        SettingsReader reader = reader(Map.of(
                "carillon.realm", "shop",
                "carillon.uri.strict", "true",
                "carillon.origins", "https://shop.example.com",
                "carillon.backend.secret", "correct horse battery staple",
                "carillon.ticket.time-to-live", "PT90S",
                "carillon.ticket.in-url", "true",
                "carillon.message.max-size", "2048",
                "carillon.ping.interval", "PT5S",
                "carillon.outbox.max-messages", "7"));
        CarillonSettings settings = CarillonSettings.read(reader);

        assertThat(reader.problems()).isEmpty();
        assertThat(settings.realms()).containsExactly("shop");
        assertThat(settings.uriRules()).isEqualTo(Uri.Rules.STRICT);
        assertThat(settings.origins().allow("https://shop.example.com", "10.0.0.7:8080"))
                .isTrue();
        assertThat(settings.backendSecret()).contains("correct horse battery staple");
        assertThat(settings.ticketTimeToLive()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.handshake().ticketInUrl()).isTrue();
        assertThat(settings.transport().maxMessageSize()).isEqualTo(2048);
        assertThat(settings.transport().pingInterval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.outbox()).isEqualTo(new OutboxLimits(7, OutboxLimits.DEFAULT.maxBytes()));
    }

    @Test
    void openModeHasARealmOfItsOwn() {
        assertThat(CarillonSettings.read(reader(Map.of("carillon.open", "true", "carillon.realm", "shop")))
                        .realms())
                .containsExactly("realm1");
    }

    @Test
    void aPermissionMustNameARealmThatExists() {
        SettingsReader reader = reader(Map.of("carillon.permissions", "sales: publish exact a in shoop"));
        CarillonSettings.read(reader);
        assertThat(reader.problems())
                .containsExactly("CAR-103 carillon.permissions has the realm 'shoop'; it must be one of carillon");
    }

    @Test
    void historiesAreSeparatedBySemicolonsAndKeptWhereTheDatasourceSays() {
        SettingsReader reader = reader(Map.of(
                "carillon.realms", "shop",
                "carillon.history", "prefix orders/ keep 10 for PT5M; exact chat in shop ;",
                "carillon.history.datasource", "java:jboss/datasources/Orders",
                "carillon.history.owner", "node 1"));
        CarillonSettings settings = CarillonSettings.read(reader);
        assertThat(reader.problems()).isEmpty();
        assertThat(reader.unknown()).isEmpty();
        assertThat(settings.histories())
                .containsExactly(
                        HistorySettings.parse("prefix orders/ keep 10 for PT5M"),
                        HistorySettings.parse("exact chat in shop"));
        assertThat(settings.historyStore())
                .contains(new StoreSettings("java:jboss/datasources/Orders", Optional.of("node 1")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exact a in shoop | history has the realm 'shoop'; it must be one of carillon, shop",
                "prefix a.; exact a.b | history has 'prefix a.' and 'exact a.b', which share topics; each topic must be in one history at most",
                "prefix a.; exact a.b in shop | history has 'prefix a.' and 'exact a.b', which share topics; each topic must be in one history at most",
                "exact a keep 0 | history keeps 0 of exact a; it must be 1 or more",
            })
    void aHistoryThatMakesNoSenseIsNamedWithWhatIsLegal(String value, String sentence) {
        SettingsReader reader = reader(Map.of("carillon.realms", "shop", "carillon.history", value));
        CarillonSettings.read(reader);
        assertThat(reader.problems()).containsExactly("CAR-103 carillon." + sentence);
    }

    @Test
    void realmsMayHaveHistoriesOfTheSameTopics() {
        SettingsReader reader =
                reader(Map.of("carillon.realms", "shop", "carillon.history", "exact a in shop; prefix a in carillon"));
        CarillonSettings.read(reader);
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void anOwnerThatNoRowHoldsIsRefused() {
        SettingsReader reader =
                reader(Map.of("carillon.history.datasource", "x", "carillon.history.owner", "x".repeat(201)));
        CarillonSettings.read(reader);
        assertThat(reader.problems()).singleElement().asString().startsWith("CAR-103 carillon.history.owner is longer");
    }

    @Test
    void openModeKeepsEverythingUnlessHistoriesAreNamed() {
        assertThat(CarillonSettings.read(reader(Map.of("carillon.open", "true")))
                        .histories())
                .containsExactly(HistorySettings.EVERYTHING);
        assertThat(CarillonSettings.read(
                                reader(Map.of("carillon.open", "true", "carillon.history", "exact chat in realm1")))
                        .histories())
                .containsExactly(HistorySettings.parse("exact chat in realm1"));
    }

    @Test
    void theDefaultRealmComesFirstAndNoneTwice() {
        CarillonSettings settings =
                CarillonSettings.read(reader(Map.of("carillon.realm", "shop", "carillon.realms", "stock, shop,audit")));
        assertThat(settings.realms()).containsExactly("shop", "stock", "audit");
        assertThat(settings.defaultRealm()).isEqualTo("shop");
    }

    @Test
    void spaceAroundAValueDoesNotMatterAndABlankOneIsNone() {
        SettingsReader reader = reader(Map.of("carillon.open", " true ", "carillon.realm", "  "));
        CarillonSettings settings = CarillonSettings.read(reader);

        assertThat(reader.problems()).isEmpty();
        assertThat(settings.open()).isTrue();
        assertThat(reader.text("realm")).isEmpty();
    }

    @Test
    void aListIsSeparatedByCommas() {
        assertThat(reader(Map.of("carillon.security.roles", " sales, administrator,,team lead ,"))
                        .list("security.roles"))
                .containsExactly("sales", "administrator", "team lead");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open | yes | true or false",
                "uri.strict | TRUE | true or false",
                "ticket.in-url | 1 | true or false",
                "message.max-size | 1M | a whole number from 0 to 2147483647",
                "message.max-size | 2147483648 | a whole number from 0 to 2147483647",
                "message.max-size | 1.5 | a whole number from 0 to 2147483647",
                "outbox.max-bytes | 9223372036854775808 | a whole number from 0 to 9223372036854775807",
                "message.max-size | -4294965248 | a whole number from 0 to 2147483647",
                "realm | a b..c | a URI such as carillon or com.example.shop",
                "realms | .x | a URI such as carillon or com.example.shop",
                "hello.timeout | PT25H | an ISO 8601 duration such as PT30S or PT5M, at most PT24H",
                "hello.timeout | 10 | an ISO 8601 duration such as PT30S or PT5M, at most PT24H",
                "ticket.time-to-live | 60s | an ISO 8601 duration such as PT30S or PT5M, at most PT24H"
            })
    void aValueThatCannotBeReadIsNamedWithItsKeyAndWhatIsLegal(String key, String value, String legal) {
        SettingsReader reader = reader(Map.of("carillon." + key, value));
        CarillonSettings.read(reader);
        assertThat(reader.problems())
                .containsExactly("CAR-103 carillon." + key + " is '" + value + "'; it must be " + legal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "message.max-size | 1023 | is 1023; it must be 1024 bytes or more",
                "hello.timeout | PT0S | is PT0S; it must be positive",
                "ping.interval | PT-1S | is PT-1S; it must be positive",
                "ping.timeout | PT25S | is PT25S; it must be longer than ping.interval, which is PT25S",
                "outbox.send-timeout | PT0S | is PT0S; it must be positive",
                "outbox.max-messages | 0 | is 0; it must be 1 or more",
                "outbox.max-bytes | 0 | is 0; it must be 1 or more",
            })
    void aValueThatMakesNoSenseIsNamedWithItsKeyAndWhatIsLegal(String key, String value, String sentence) {
        SettingsReader reader = reader(Map.of("carillon." + key, value));
        CarillonSettings.read(reader);
        assertThat(reader.problems()).containsExactly("CAR-103 carillon." + key + " " + sentence);
    }

    @Test
    void anOriginThatIsNoneIsNamedWithAnExample() {
        SettingsReader reader = reader(Map.of("carillon.origins", "https://shop.example.com, shop.example.com"));
        CarillonSettings.read(reader);
        assertThat(reader.problems())
                .singleElement()
                .asString()
                .startsWith("CAR-103 carillon.origins has 'shop.example.com'; it must be scheme://host");
    }

    @Test
    void allProblemsAreToldAtOnceAndDefaultsStandIn() {
        SettingsReader reader = reader(Map.of(
                "carillon.open", "perhaps",
                "carillon.hello.timeout", "soon",
                "carillon.outbox.max-messages", "0",
                "carillon.origins", "everywhere"));
        CarillonSettings settings = CarillonSettings.read(reader);

        assertThat(reader.problems())
                .hasSize(4)
                .allMatch(problem -> problem.startsWith("CAR-103 carillon."))
                .anyMatch(problem -> problem.contains("open"))
                .anyMatch(problem -> problem.contains("hello.timeout"))
                .anyMatch(problem -> problem.contains("outbox.max-messages"))
                .anyMatch(problem -> problem.contains("origins"));
        assertThat(settings.open()).isFalse();
        assertThat(settings.transport()).isEqualTo(TransportSettings.DEFAULT);
        assertThat(settings.outbox()).isEqualTo(OutboxLimits.DEFAULT);
    }

    @Test
    void aKeyThatNobodyAsksForIsUnknown() {
        SettingsReader reader = reader(Map.of(
                "carillon.reaml", "shop", "carillon.realm", "shop", "carillonette.x", "1", "java.version", "17"));
        CarillonSettings.read(reader);
        assertThat(reader.unknown()).containsExactly("carillon.reaml");
        assertThat(reader.problems()).isEmpty();
    }

    @Test
    void anEnvironmentVariableIsListedWithDotsForDashesAndKnownAllTheSame() {
        SettingsReader reader = reader(Map.of("carillon.outbox.max.messages", "17"));
        CarillonSettings.read(reader);
        assertThat(reader.unknown()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void aFlagIsWhatItSays(String value) {
        assertThat(reader(Map.of("carillon.open", value)).flag("open", value.equals("false")))
                .isEqualTo(Boolean.valueOf(value));
    }

    private static SettingsReader reader(Map<String, String> settings) {
        return new SettingsReader(new InMemory(settings));
    }

    /** Settings without a server. */
    record InMemory(Map<String, String> values) implements Configuration {

        @Override
        public Optional<String> get(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public Set<String> keys() {
            return new TreeMap<>(values).keySet();
        }
    }
}
