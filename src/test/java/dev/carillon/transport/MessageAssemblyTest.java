package dev.carillon.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageAssemblyTest {

    private final MessageAssembly assembly = new MessageAssembly(1024);

    @Test
    void fragmentsBecomeOneMessage() {
        assertThat(assembly.add("[1,", false)).isNull();
        assertThat(assembly.add("", false)).isNull();
        assertThat(assembly.add("2]", true)).isEqualTo("[1,2]");
        assertThat(assembly.add("[3]", true)).isEqualTo("[3]");
    }

    @Test
    void binaryFragmentsBecomeOneMessage() {
        assertThat(assembly.add(new byte[] {1, 2}, false)).isNull();
        assertThat(assembly.add(new byte[] {3}, true)).containsExactly(1, 2, 3);
        assertThat(assembly.add(new byte[] {4}, true)).containsExactly(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "ä", "€", "\uD83D\uDE00"})
    void theLimitIsInBytesOfUtf8(String character) {
        int fits = 1024 / character.getBytes(StandardCharsets.UTF_8).length;
        assertThat(assembly.add(character.repeat(fits), true)).isNotNull();
        assertThatThrownBy(() -> assembly.add(character.repeat(fits + 1), true))
                .isInstanceOf(MessageAssembly.TooBig.class);
    }

    @Test
    void theLimitIsForAllFragmentsTogether() {
        assembly.add("x".repeat(1000), false);
        assertThatThrownBy(() -> assembly.add("x".repeat(25), false)).isInstanceOf(MessageAssembly.TooBig.class);
        assembly.add(new byte[1000], false);
        assertThatThrownBy(() -> assembly.add(new byte[25], false)).isInstanceOf(MessageAssembly.TooBig.class);
    }
}
