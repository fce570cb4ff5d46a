package dev.carillon.matching;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How a URI is matched. Advanced Profile, "Pattern-based Subscriptions". */
public enum MatchPolicy {
    /** The URI stands for itself. */
    EXACT,
    /** The URI stands for all that begin with it, as text: {@code a.b} for {@code a.bc} too. */
    PREFIX,
    /** Empty components stand for any one component; the number of components is the same. */
    WILDCARD;

    /** The policy of this name on the wire, such as {@code prefix}. */
    public static Optional<MatchPolicy> of(String name) {
        return Stream.of(values())
                .filter(policy -> policy.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
