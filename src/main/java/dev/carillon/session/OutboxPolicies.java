package dev.carillon.session;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriIndex;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What configuration says of topics whose receivers read too slowly; it outweighs what their handlers say. */
public final class OutboxPolicies {

    public static final OutboxPolicies NONE = new OutboxPolicies(List.of());

    private final @Nullable UriIndex<OutboxPolicy> byTopic; // null if nothing is configured; not changed any more

    /** @param rules of one realm, not two for the same pattern */
    public OutboxPolicies(List<Rule> rules) {
        this.byTopic = rules.isEmpty() ? null : new UriIndex<>();
        for (Rule rule : rules) {
            byTopic.computeIfAbsent(rule.topics(), pattern -> rule.whenFull());
        }
    }

    /** The most specific rule counts: exact, then the longest prefix, then wildcards. @param declared without a rule */
    public OutboxPolicy of(Uri topic, OutboxPolicy declared) {
        return byTopic == null ? declared : byTopic.best(topic).orElse(declared);
    }

    /** @param realm the one realm that this is about; empty for all */
    public record Rule(OutboxPolicy whenFull, UriPattern topics, Optional<String> realm) {

        private static final Pattern FORM = Pattern.compile(
                "\\s*(disconnect|drop-newest|keep-latest)\\s+(exact|prefix|wildcard)\\s+(\\S+)(?:\\s+in\\s+(\\S+))?\\s*");

        /**
         * Reads {@code POLICY exact|prefix|wildcard URI [in REALM]}.
         *
         * @throws IllegalArgumentException if the text is something else; the message says what is legal
         */
        public static Rule parse(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("outbox.when-full has '" + text.strip()
                        + "'; it must be as in 'keep-latest prefix prices/', with disconnect, drop-newest or keep-latest,"
                        + " and '... in REALM' behind that if it is of one realm");
            }
            return new Rule(
                    OutboxPolicy.of(parts.group(1)).orElseThrow(),
                    new UriPattern(MatchPolicy.of(parts.group(2)).orElseThrow(), new Uri(parts.group(3))),
                    Optional.ofNullable(parts.group(4)));
        }
    }
}
