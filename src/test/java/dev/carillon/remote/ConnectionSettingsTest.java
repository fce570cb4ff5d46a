package dev.carillon.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionSettingsTest {

    @Test
    void anAddressIsEnough() {
        ConnectionSettings settings = of("wss://shop.example.com/shop/wamp");
        assertThat(settings.endpoint()).isEqualTo(URI.create("wss://shop.example.com/shop/wamp"));
        assertThat(settings.realm()).isEqualTo("carillon");
        assertThat(settings.serializer().subprotocol()).isEqualTo("wamp.2.json");
        assertThat(settings.tls()).isEqualTo(TlsSettings.DEFAULT);
        assertThat(settings.anonymous()).isFalse();
    }

    @Test
    void theOptionsAreNotPartOfTheAddress() {
        ConnectionSettings settings = of("ws://localhost:8080/wamp?realm=ops&authid=a%20b&secret_file=/run/secret"
                + "&serializer=cbor&connect_timeout=5&retry_first=PT0.2S&retry_max=PT1M&ping_interval=7"
                + "&trust_store=/etc/trust.p12&trust_store_password=change%26it");
        assertThat(settings.endpoint()).isEqualTo(URI.create("ws://localhost:8080/wamp"));
        assertThat(settings.realm()).isEqualTo("ops");
        assertThat(settings.authid()).contains("a b");
        assertThat(settings.secretFile()).contains(Path.of("/run/secret"));
        assertThat(settings.serializer().subprotocol()).isEqualTo("wamp.2.cbor");
        assertThat(settings.connectTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.retryFirst()).isEqualTo(Duration.ofMillis(200));
        assertThat(settings.retryMax()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.pingInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(settings.tls().trustStore()).contains(Path.of("/etc/trust.p12"));
        assertThat(settings.tls().trustStorePassword()).contains("change&it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "", "  ", " null "})
    void nothingIsNoRouter(String text) {
        assertThat(ConnectionSettings.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://localhost/wamp, wss://shop.example.com/shop/wamp",
        "localhost:8080, wss://shop.example.com/shop/wamp",
        "ws://, wss://shop.example.com/shop/wamp",
        "ws://localhost/wamp?relm=ops, unknown option relm; there are anonymous",
        "ws://localhost/wamp?anonymous=yes, anonymous is 'yes'; it must be true or false",
        "ws://localhost/wamp?serializer=xml, 'serializer is ''xml''; it must be json, cbor or msgpack'",
        "ws://localhost/wamp?connect_timeout=0, connect_timeout is '0'; it must be a duration such as PT30S",
        "ws://localhost/wamp?connect_timeout=soon, connect_timeout is 'soon'",
        "ws://localhost/wamp?retry_max=P9D, at most a day",
        "ws://localhost/wamp?realm=%zz, not encoded",
        "ws://localhost/wamp?trust_store_password=x, no trust_store",
        "ws://localhost/wamp?anonymous=true&secret_file=x, exclude each other",
    })
    void whatIsWrongIsSaid(String text, String says) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionSettings.parse(text))
                .withMessageContaining(says);
    }

    @Test
    void passwordsAreNotShown() {
        String text = "ws://localhost/wamp?trust_store=/x&trust_store_password=geheim";
        assertThat(of(text).toString()).isEqualTo("ws://localhost/wamp (realm carillon)");
        assertThat(of(text).tls().toString()).doesNotContain("geheim");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConnectionSettings.parse("http://localhost/wamp?trust_store_password=geheim"))
                .withMessageNotContaining("geheim");
    }

    private static ConnectionSettings of(String text) {
        return ConnectionSettings.parse(text).orElseThrow();
    }
}
