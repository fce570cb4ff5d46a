package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import java.util.Optional;
import java.util.Set;

/**
 * The options of SUBSCRIBE.
 *
 * @param retained whether the subscriber wants what is retained. Advanced Profile, "Event Retention"
 * @param positions whether EVENTs are to say where in the history they stand ({@code _history})
 * @param after the position after which everything is to be sent again ({@code _after})
 * @param earlier sessions that this one follows, whose own publications, and what they were excluded from, are not
 *     missed ({@code _not_from})
 */
public record SubscribeOptions(
        MatchPolicy match, boolean retained, boolean positions, Optional<String> after, Set<Long> earlier) {

    /** @throws WampError {@code wamp.error.invalid_argument} if an option has a value that it cannot have */
    public static SubscribeOptions of(Dict options) {
        Optional<String> after = options.string("_after");
        return new SubscribeOptions(
                match(options),
                options.flag("get_retained", false),
                options.flag("_history", false) || after.isPresent(),
                after,
                options.ids("_not_from").orElse(Set.of()));
    }

    private static MatchPolicy match(Dict options) {
        String name = options.string("match").orElse(MatchPolicy.EXACT.wireName());
        return MatchPolicy.of(name)
                .orElseThrow(() ->
                        new WampError(ErrorUri.INVALID_ARGUMENT, "'match' must be 'exact', 'prefix' or 'wildcard'"));
    }
}
