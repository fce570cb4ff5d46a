package dev.carillon.transport;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How many connections there are, and from where. Safe for use by many threads.
 *
 * <p>The handshake asks before it answers, so that who is refused hears so in HTTP; the socket that comes of it asks again,
 * as others may have come in between.
 */
final class OpenConnections {

    private final ConnectionLimits limits;
    private int total; // guarded by this
    private final Map<String, Integer> byAddress = new HashMap<>(); // guarded by this

    OpenConnections(ConnectionLimits limits) {
        this.limits = limits;
    }

    /** What there are too many of. */
    enum Excess {
        TOTAL("connections", "there are as many connections to this server as there may be; try again later"),
        ADDRESS("connections_per_address", "there are as many connections from your address as there may be");

        /** Under which it is counted. */
        final String reason;

        final String sentence;

        Excess(String reason, String sentence) {
            this.reason = reason;
            this.sentence = sentence;
        }
    }

    /** Why one more is too many now; empty if it is not. @param address null if it is not known, and not counted */
    synchronized Optional<Excess> excess(@Nullable String address) {
        if (limits.total() > 0 && total >= limits.total()) {
            return Optional.of(Excess.TOTAL);
        }
        boolean isOne =
                address != null && limits.perAddress() > 0 && byAddress.getOrDefault(address, 0) >= limits.perAddress();
        return isOne ? Optional.of(Excess.ADDRESS) : Optional.empty();
    }

    /** Counts one more, unless it is too many: then as above. */
    synchronized Optional<Excess> add(@Nullable String address) {
        Optional<Excess> excess = excess(address);
        if (excess.isEmpty()) {
            total++;
            if (address != null) {
                byAddress.merge(address, 1, Integer::sum);
            }
        }
        return excess;
    }

    synchronized void remove(@Nullable String address) {
        total--;
        if (address != null) {
            byAddress.computeIfPresent(address, (one, many) -> many == 1 ? null : many - 1);
        }
    }
}
