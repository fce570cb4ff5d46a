package dev.carillon.matching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What bounds the memory that texts take, and the work of finding them. */
class RadixTriePropertiesTest {

    @Property
    void thereAreNoMoreNodesThanTextsNeed(
            @ForAll boolean byComponents, @ForAll("texts") List<String> added, @ForAll("texts") List<String> removed) {
        RadixTrie<?, String> trie = byComponents ? new WildcardTrie<>() : new PrefixTrie<>();
        added.forEach(text -> trie.put(text, text));
        removed.forEach(trie::remove);

        Set<String> texts = new HashSet<>(added);
        removed.forEach(texts::remove);
        Set<String> found = new HashSet<>();
        collect("", trie.root, found);
        assertThat(found).isEqualTo(texts);
        assertThat(trie.isEmpty()).isEqualTo(texts.isEmpty());
    }

    private static <K> void collect(String before, RadixTrie.Node<K, String> node, Set<String> found) {
        String text = before + node.label;
        if (node.value != null) {
            assertThat(node.value).isEqualTo(text);
            found.add(text);
        }
        for (RadixTrie.Node<K, String> child : node.children.values()) {
            assertThat(child.label).isNotEmpty();
            assertThat(child.value != null || child.children.size() > 1)
                    .as("a value or two children at %s%s", text, child.label)
                    .isTrue();
            collect(text, child, found);
        }
    }

    /** Each component ends in a dot, as those of wildcards do. */
    @Provide
    Arbitrary<List<String>> texts() {
        Arbitrary<String> text = Arbitraries.of(".", "a.", "ab.", "b.")
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(components -> String.join("", components));
        return text.list().ofMaxSize(20);
    }
}
