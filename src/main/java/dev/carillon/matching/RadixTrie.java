package dev.carillon.matching;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by texts, in a tree in which texts share what they begin with. A text is a row of units (characters, or whole
 * components), and a label is never cut within one.
 *
 * <p>But for the root, a node has a value or at least two children: so there are less than twice as many nodes as
 * values, and the labels together are never longer than the texts. What a subclass does at most once per node is
 * bounded thereby, whatever the texts are. Nothing here is recursive, for a text may have as many units as a message
 * has bytes.
 *
 * @param <K> a unit, by which a child is found
 */
abstract class RadixTrie<K, T> {

    static final class Node<K, T> {
        String label;

        @Nullable
        T value;

        Map<K, Node<K, T>> children = Map.of();

        Node(String label) {
            this.label = label;
        }

        private void add(K key, Node<K, T> child) {
            if (children.isEmpty()) {
                children = new HashMap<>(2);
            }
            children.put(key, child);
        }

        private void remove(K key) {
            children.remove(key);
            if (children.isEmpty()) {
                children = Map.of();
            }
        }

        private void mergeWithOnlyChild() {
            Node<K, T> child = children.values().iterator().next();
            label = label.concat(child.label);
            value = child.value;
            children = child.children;
        }
    }

    final Node<K, T> root = new Node<>("");

    /** The unit of the text that begins there. */
    abstract K unit(String text, int at);

    /** The end of the last unit of the label that ends there or before. */
    abstract int endOfUnits(String label, int end);

    /** Puts a value there, in place of what is there. */
    void put(String text, T value) {
        Node<K, T> node = root;
        int at = 0;
        while (at < text.length()) {
            K unit = unit(text, at);
            Node<K, T> child = node.children.get(unit);
            if (child == null) {
                child = new Node<>(text.substring(at));
                node.add(unit, child);
            } else {
                int common = endOfUnits(child.label, common(child.label, text, at));
                if (common < child.label.length()) {
                    child = split(child, common);
                    node.add(unit, child);
                }
            }
            at += child.label.length();
            node = child;
        }
        node.value = value;
    }

    /** Removes the value there, if there is one, and the nodes that nothing else needs. */
    void remove(String text) {
        Node<K, T> parent = root;
        Node<K, T> node = root;
        int at = 0;
        while (at < text.length()) {
            Node<K, T> child = node.children.get(unit(text, at));
            if (child == null || !text.startsWith(child.label, at)) {
                return;
            }
            parent = node;
            node = child;
            at += child.label.length();
        }
        node.value = null;
        if (node != root && node.children.isEmpty()) {
            parent.remove(unit(node.label, 0));
            node = parent;
        }
        if (node != root && node.value == null && node.children.size() == 1) {
            node.mergeWithOnlyChild();
        }
    }

    boolean isEmpty() {
        return root.value == null && root.children.isEmpty();
    }

    private Node<K, T> split(Node<K, T> node, int at) {
        Node<K, T> upper = new Node<>(node.label.substring(0, at));
        node.label = node.label.substring(at);
        upper.add(unit(node.label, 0), node);
        return upper;
    }

    private static int common(String label, String text, int at) {
        int most = Math.min(label.length(), text.length() - at);
        int common = 0;
        while (common < most && label.charAt(common) == text.charAt(at + common)) {
            common++;
        }
        return common;
    }
}
