package dev.carillon.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455, section 10.2. */
class OriginsTest {

    private static final Origins PATTERNS =
            new Origins(List.of("https://*.example.com", "http://localhost:*", "https://any.port.example:*"));

    private final Origins own = new Origins(List.of());

    @ParameterizedTest
    @CsvSource({
        "http://localhost:8080, localhost:8080",
        "http://shop.example, shop.example",
        "https://shop.example, shop.example",
        "https://shop.example, shop.example:443",
        "http://shop.example, shop.example:80",
        "http://Shop.Example, shop.EXAMPLE",
        "http://[::1]:8080, [::1]:8080",
        "http://[::1], [::1]"
    })
    void aPageOfTheSameHostIsAllowed(String origin, String host) {
        assertThat(own.allow(origin, host)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "http://evil.example, shop.example",
        "http://localhost:8081, localhost:8080",
        "http://shop.example:8080, shop.example",
        "http://shop.example.evil.example, shop.example",
        "null, shop.example",
        "rubbish, rubbish",
        "'', ''",
        "http://shop.example/path, shop.example"
    })
    void anotherPageIsNot(String origin, String host) {
        assertThat(own.allow(origin, host)).isFalse();
    }

    @Test
    void aProgramSendsNoOriginAndIsNotConcerned() {
        assertThat(own.allow(null, "shop.example")).isTrue();
    }

    @Test
    void listedOriginsAreAllowedExactly() {
        Origins listed = new Origins(List.of("https://admin.example", "http://localhost:3000"));
        assertThat(listed.allow("https://ADMIN.example", "shop.example")).isTrue();
        assertThat(listed.allow("http://admin.example", "shop.example")).isFalse();
        assertThat(listed.allow("http://localhost:3000", "shop.example")).isTrue();
        assertThat(listed.allow("https://shop.example", "shop.example")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://shop.example.com",
        "https://a.b.example.com",
        "https://SHOP.example.com:443",
        "http://localhost:3000",
        "http://localhost",
        "https://any.port.example:8443"
    })
    void aPatternAllowsWhatIsBelowAHostOrAllPortsOfOne(String origin) {
        assertThat(PATTERNS.allow(origin, "server")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com",
        "http://shop.example.com",
        "https://shop.example.com:8443",
        "https://evilexample.com",
        "https://shop.example.com.evil.example",
        "https://.example.com",
        "https://*.example.com",
        "https://user@shop.example.com",
        "https://localhost:3000",
        "http://localhost.evil.example:3000",
        "http://localhost:*",
        "https://any.port.example.evil:8443",
        "https://port.example:8443"
    })
    void aPatternAllowsNothingElse(String origin) {
        assertThat(PATTERNS.allow(origin, "server")).isFalse();
    }

    @Test
    void whatIsAllowedMayChange() {
        AllowedOrigins allowed = new AllowedOrigins(own);
        assertThat(allowed.allow("https://new.example", "server")).isFalse();
        allowed.replace(new Origins(List.of("https://new.example")));
        assertThat(allowed.allow("https://new.example", "server")).isTrue();
        assertThat(allowed.allow("https://newer.example", "server")).isFalse();
    }

    @Test
    void aStarAllowsAll() {
        assertThat(new Origins(List.of("*")).allow("null", "x")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shop.example",
                "https://",
                "https://shop.example/",
                "https://*.example",
                "https://shop.*.com",
                "https://*",
                "*://shop.example",
                "https://shop.example:port",
                "https://*shop.example.com",
                "https://shop example.com"
            })
    void whatIsNotAnOriginIsRefusedWithAnExample(String text) {
        assertThatThrownBy(() -> new Origins(List.of(text))).hasMessageContaining("https://shop.example.com");
    }
}
