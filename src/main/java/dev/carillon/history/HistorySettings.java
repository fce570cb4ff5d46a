package dev.carillon.history;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A history as configured: {@code prefix orders/ keep 1000 for PT1H}. The bound that is reached first counts.
 *
 * @param topics whose events are kept
 * @param maxEvents how many at most
 * @param maxAge how long at most
 * @param maxBytes of their payloads, at most
 * @param realm the one realm that has it; empty for all, each with its own
 */
public record HistorySettings(
        UriPattern topics, int maxEvents, Duration maxAge, long maxBytes, Optional<String> realm) {

    /** What counts where an entry does not say. */
    public static final int MAX_EVENTS = 1000;

    public static final Duration MAX_AGE = Duration.ofHours(1);
    public static final long MAX_BYTES = 16L * 1024 * 1024;

    private static final Duration LONGEST = Duration.ofDays(36_525);

    /** One history of everything, for open mode. */
    public static final HistorySettings EVERYTHING = of(new UriPattern(MatchPolicy.PREFIX, new Uri("")));

    private static final Pattern FORM = Pattern.compile("\\s*(exact|prefix|wildcard)\\s+(\\S+)"
            + "(?:\\s+keep\\s+(\\S+))?(?:\\s+for\\s+(\\S+))?(?:\\s+within\\s+(\\S+)\\s+bytes)?"
            + "(?:\\s+in\\s+(\\S+))?\\s*");

    public HistorySettings {
        String name = topics.policy().wireName() + " " + topics.uri();
        if (maxEvents < 1) {
            throw new IllegalArgumentException("history keeps " + maxEvents + " of " + name + "; it must be 1 or more");
        }
        if (maxAge.isZero() || maxAge.isNegative() || maxAge.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("history keeps " + name + " for " + maxAge
                    + "; it must be positive, and " + LONGEST.toDays() + " days at most");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException(
                    "history keeps " + name + " within " + maxBytes + " bytes; it must be 1 or more");
        }
    }

    /** With the default bounds, in all realms. */
    public static HistorySettings of(UriPattern topics) {
        return new HistorySettings(topics, MAX_EVENTS, MAX_AGE, MAX_BYTES, Optional.empty());
    }

    /**
     * Reads {@code exact|prefix|wildcard URI [keep EVENTS] [for DURATION] [within BYTES bytes] [in REALM]}.
     *
     * @throws IllegalArgumentException if the text is something else; the message says what is legal
     */
    public static HistorySettings parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw illegal(text);
        }
        UriPattern topics = new UriPattern(MatchPolicy.of(parts.group(1)).orElseThrow(), new Uri(parts.group(2)));
        if (!topics.isLegal(Uri.Rules.LOOSE)) {
            throw illegal(text);
        }
        try {
            return new HistorySettings(
                    topics,
                    parts.group(3) == null ? MAX_EVENTS : Integer.parseInt(parts.group(3)),
                    parts.group(4) == null ? MAX_AGE : Duration.parse(parts.group(4)),
                    parts.group(5) == null ? MAX_BYTES : Long.parseLong(parts.group(5)),
                    Optional.ofNullable(parts.group(6)));
        } catch (NumberFormatException | DateTimeParseException unreadable) {
            throw illegal(text);
        }
    }

    /** Those that a realm has. */
    public static List<HistorySettings> ofRealm(String realm, List<HistorySettings> all) {
        return all.stream()
                .filter(each -> each.realm().map(realm::equals).orElse(true))
                .toList();
    }

    /** The pattern in words, such as {@code prefix orders/}: by it a store finds the history again. */
    public String name() {
        return topics.policy().wireName() + " " + topics.uri();
    }

    private static IllegalArgumentException illegal(String text) {
        return new IllegalArgumentException("history has '" + text.strip()
                + "'; it must be as in 'prefix orders/ keep 1000 for PT1H within 16777216 bytes in shop',"
                + " of which all behind the topic may be left out");
    }
}
