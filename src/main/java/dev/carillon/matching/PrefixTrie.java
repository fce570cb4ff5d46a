package dev.carillon.matching;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Values by prefixes. Finding them reads the URI at most once, however many prefixes there are. */
final class PrefixTrie<T> extends RadixTrie<Character, T> {

    /** Passes on the values of all prefixes of the URI, the shortest first. */
    void forEachPrefixOf(String uri, Consumer<? super T> consumer) {
        Node<Character, T> node = root;
        int at = 0;
        while (node != null) {
            if (node.value != null) {
                consumer.accept(node.value);
            }
            at += node.label.length();
            node = child(node, uri, at);
        }
    }

    private @Nullable Node<Character, T> child(Node<Character, T> node, String uri, int at) {
        if (at == uri.length()) {
            return null;
        }
        Node<Character, T> child = node.children.get(unit(uri, at));
        return child != null && uri.startsWith(child.label, at) ? child : null;
    }

    @Override
    Character unit(String text, int at) {
        return text.charAt(at);
    }

    @Override
    int endOfUnits(String label, int end) {
        return end;
    }
}
