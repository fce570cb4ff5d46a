package dev.carillon.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NonceTest {

    @Test
    void itIsFoundInTheDirectiveAboutScripts() {
        assertThat(Nonce.in(List.of("default-src 'self'; script-src 'self' 'nonce-r4nd+/_-0m=='; img-src *")))
                .contains("r4nd+/_-0m==");
        assertThat(Nonce.in(List.of("SCRIPT-SRC-ELEM 'Nonce-abc'"))).contains("abc");
        assertThat(Nonce.in(List.of("default-src 'nonce-abc'"))).contains("abc");
    }

    @Test
    void itIsFoundInAnyOfSeveralPolicies() {
        assertThat(Nonce.in(List.of("img-src 'self'", "frame-src 'none', script-src 'nonce-abc'")))
                .contains("abc");
    }

    @Test
    void oneForStylesIsNotTakenForScripts() {
        assertThat(Nonce.in(List.of("style-src 'nonce-abc'; script-src 'self'")))
                .isEmpty();
    }

    @Test
    void withoutAPolicyOrANonceThereIsNone() {
        assertThat(Nonce.in(List.of())).isEmpty();
        assertThat(Nonce.in(List.of("", "script-src 'self' 'unsafe-inline'"))).isEmpty();
        assertThat(Nonce.in(List.of("script-src 'nonce-\"><script>'"))).isEmpty();
    }
}
