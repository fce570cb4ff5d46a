package dev.carillon.matching;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Values by wildcard patterns of one number of components. In here, each component ends in a dot.
 *
 * <p>At every node a URI may go two ways, by its own component and by the wildcard. So the patterns decide how many
 * nodes are visited: each at most once, with one look at its label. URIs come split, because then a component is hashed
 * once and not once per visit.
 */
final class WildcardTrie<T> extends RadixTrie<String, T> {

    private static final String ANY = "";

    private record Step<T>(Node<String, T> node, int depth) {}

    /**
     * Visits the values of all patterns that match, the most specific first: where two differ, the one that names a
     * component comes before the one that does not. Ends when the visitor returns false.
     *
     * @param uri as many components as each pattern has
     */
    void visit(String[] uri, Predicate<? super T> visitor) {
        Deque<Step<T>> steps = new ArrayDeque<>();
        steps.push(new Step<>(root, 0));
        while (!steps.isEmpty()) {
            Step<T> step = steps.pop();
            Node<String, T> node = step.node;
            int depth = depthAfter(node.label, uri, step.depth);
            if (depth < 0) {
                continue;
            }
            if (node.value != null && !visitor.test(node.value)) {
                return;
            }
            if (!node.children.isEmpty()) {
                push(steps, node.children.get(ANY), depth);
                if (!uri[depth].isEmpty()) {
                    push(steps, node.children.get(uri[depth]), depth);
                }
            }
        }
    }

    private static <T> void push(Deque<Step<T>> steps, @Nullable Node<String, T> node, int depth) {
        if (node != null) {
            steps.push(new Step<>(node, depth));
        }
    }

    /** How many components lead to the end of the label; -1 if the URI does not. */
    private static int depthAfter(String label, String[] uri, int depthBefore) {
        int depth = depthBefore;
        int from = 0;
        while (from < label.length()) {
            int to = label.indexOf('.', from);
            boolean isAny = to == from;
            if (!isAny && (to - from != uri[depth].length() || !label.startsWith(uri[depth], from))) {
                return -1;
            }
            depth++;
            from = to + 1;
        }
        return depth;
    }

    @Override
    String unit(String text, int at) {
        return text.substring(at, text.indexOf('.', at));
    }

    @Override
    int endOfUnits(String label, int end) {
        return label.lastIndexOf('.', end - 1) + 1;
    }
}
