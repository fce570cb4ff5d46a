package dev.carillon.dealer;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Whom of several callees a call goes to. Advanced Profile, "Shared Registration". */
public enum InvocationPolicy {
    /** There is one callee. */
    SINGLE,
    FIRST,
    LAST,
    ROUNDROBIN,
    RANDOM;

    /** The policy of this name on the wire, such as {@code roundrobin}. */
    public static Optional<InvocationPolicy> of(String name) {
        return Stream.of(values())
                .filter(policy -> policy.wireName().equals(name))
                .findFirst();
    }

    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
