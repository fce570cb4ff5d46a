package dev.carillon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However a message is cut: it comes out whole, or was too big from the first byte over the limit. */
class MessageAssemblyPropertiesTest {

    @Property
    void aTextComesOutWholeOrIsTooBig(
            @ForAll("parts") List<String> parts, @ForAll @IntRange(min = 1, max = 60) int limit) {
        MessageAssembly assembly = new MessageAssembly(limit);
        StringBuilder soFar = new StringBuilder();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            soFar.append(parts.get(i));
            boolean tooBig = soFar.toString().getBytes(StandardCharsets.UTF_8).length > limit;
            try {
                assertThat(assembly.add(parts.get(i), last)).isEqualTo(last ? soFar.toString() : null);
                assertThat(tooBig).as("%s is too big for %s", soFar, limit).isFalse();
            } catch (MessageAssembly.TooBig refused) {
                assertThat(tooBig).as("%s is too big for %s", soFar, limit).isTrue();
                return;
            }
        }
        assertThat(assembly.add("x", true)).as("the next message").isEqualTo("x");
    }

    @Property
    void bytesComeOutWholeOrAreTooBig(
            @ForAll("byteParts") List<byte[]> parts, @ForAll @IntRange(min = 1, max = 60) int limit) {
        MessageAssembly assembly = new MessageAssembly(limit);
        ByteArrayOutputStream soFar = new ByteArrayOutputStream();
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            soFar.writeBytes(parts.get(i));
            try {
                assertThat(assembly.add(parts.get(i), last)).isEqualTo(last ? soFar.toByteArray() : null);
                assertThat(soFar.size()).isLessThanOrEqualTo(limit);
            } catch (MessageAssembly.TooBig refused) {
                assertThat(soFar.size()).isGreaterThan(limit);
                return;
            }
        }
        assertThat(assembly.add(new byte[] {1}, true)).as("the next message").containsExactly(1);
    }

    /** As a container gives them: no part ends in half a character. */
    @Provide
    Arbitrary<List<String>> parts() {
        return Arbitraries.of("", "x", "ä", "€", "\ud83d\ude00", "a".repeat(20))
                .list()
                .ofMaxSize(4)
                .map(list -> String.join("", list))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    @Provide
    Arbitrary<List<byte[]>> byteParts() {
        return Arbitraries.bytes()
                .array(byte[].class)
                .ofMaxSize(25)
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }
}
