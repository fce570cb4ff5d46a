package dev.carillon.matching;

import dev.carillon.protocol.Uri;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values by patterns of URIs, such as a broker's subscriptions. It finds the same as {@link UriPattern#matches} does
 * for each pattern in turn, at a cost that hardly depends on their number: one look into a hash table for the exact
 * one, one walk along the URI for the prefixes. For wildcards, it is a walk along the components of the URI that
 * branches where patterns name a component and where they do not, and never does more than look at each pattern once.
 *
 * <p>Not thread-safe. What is called from in here must not change the index.
 *
 * <p>WAMP v2 Advanced Profile, "Pattern-based Subscriptions" and "Pattern-based Registrations".
 */
public final class UriIndex<T> {

    // By text and not by Uri: texts are comparable, so those with equal hashes do not make a table slow.
    private final Map<String, T> exact = new HashMap<>();
    private final Map<String, T> byPrefix = new HashMap<>();
    private final Map<String, T> byWildcards = new HashMap<>();

    private final PrefixTrie<T> prefixes = new PrefixTrie<>();
    /** By the number of components; none is empty. */
    private final Map<Integer, WildcardTrie<T>> wildcards = new HashMap<>();

    /** The value of this pattern itself, whatever else matches its URI. */
    public Optional<T> get(UriPattern pattern) {
        return Optional.ofNullable(values(pattern.policy()).get(pattern.uri().value()));
    }

    /** The value of this pattern; if there is none, the one that is made for it now. */
    public T computeIfAbsent(UriPattern pattern, Function<? super UriPattern, ? extends T> make) {
        Map<String, T> values = values(pattern.policy());
        String text = pattern.uri().value();
        T present = values.get(text);
        if (present != null) {
            return present;
        }
        T made = make.apply(pattern);
        values.put(text, made);
        switch (pattern.policy()) {
            case EXACT -> {}
            case PREFIX -> prefixes.put(text, made);
            case WILDCARD ->
                wildcards
                        .computeIfAbsent(UriPattern.numberOfComponents(text), number -> new WildcardTrie<>())
                        .put(text + '.', made);
        }
        return made;
    }

    /** Removes this pattern, if it is here. */
    public void remove(UriPattern pattern) {
        String text = pattern.uri().value();
        if (values(pattern.policy()).remove(text) == null) {
            return;
        }
        switch (pattern.policy()) {
            case EXACT -> {}
            case PREFIX -> prefixes.remove(text);
            case WILDCARD ->
                wildcards.computeIfPresent(UriPattern.numberOfComponents(text), (number, trie) -> {
                    trie.remove(text + '.');
                    return trie.isEmpty() ? null : trie;
                });
        }
    }

    /**
     * Passes on the values of all patterns that match, in this order: the exact one; prefixes, the longest last;
     * wildcards, the most specific first, as {@link #best} has it.
     */
    public void forEachMatch(Uri concrete, Consumer<? super T> consumer) {
        String uri = concrete.value();
        T same = exact.get(uri);
        if (same != null) {
            consumer.accept(same);
        }
        if (!byPrefix.isEmpty()) {
            prefixes.forEachPrefixOf(uri, consumer);
        }
        WildcardTrie<T> trie = wildcardsFor(uri);
        if (trie != null) {
            trie.visit(UriPattern.components(uri), value -> {
                consumer.accept(value);
                return true;
            });
        }
    }

    /**
     * The value of the pattern that a call of this procedure goes to: the exact one; else the longest prefix; else, of
     * the wildcards that match, the one with the most components before its first wildcard, then between that and its
     * second, and so on. There is never a tie. Advanced Profile, "Pattern-based Registrations".
     */
    public Optional<T> best(Uri concrete) {
        String uri = concrete.value();
        T same = exact.get(uri);
        if (same != null) {
            return Optional.of(same);
        }
        AtomicReference<@Nullable T> best = new AtomicReference<>();
        if (!byPrefix.isEmpty()) {
            prefixes.forEachPrefixOf(uri, best::set);
        }
        WildcardTrie<T> trie = best.get() == null ? wildcardsFor(uri) : null;
        if (trie != null) {
            trie.visit(UriPattern.components(uri), value -> {
                best.set(value);
                return false;
            });
        }
        return Optional.ofNullable(best.get());
    }

    private @Nullable WildcardTrie<T> wildcardsFor(String uri) {
        return wildcards.isEmpty() ? null : wildcards.get(UriPattern.numberOfComponents(uri));
    }

    private Map<String, T> values(MatchPolicy policy) {
        return switch (policy) {
            case EXACT -> exact;
            case PREFIX -> byPrefix;
            case WILDCARD -> byWildcards;
        };
    }
}
