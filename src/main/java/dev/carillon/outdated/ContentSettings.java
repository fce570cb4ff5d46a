package dev.carillon.outdated;

import dev.carillon.history.HistorySettings;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How pages learn of changes.
 *
 * @param editsReachLists whether a list is outdated when one of its records was edited
 * @param roles who may learn of a type; {@code *} is any type that has no roles of its own, {@code **} everybody who is
 *     logged in
 * @param history of the content topics, unless another history has them; empty for none
 */
public record ContentSettings(
        boolean editsReachLists, Map<String, Set<String>> roles, Optional<HistorySettings> history) {

    public static final String ANY_TYPE = "*";
    public static final String ANY_ROLE = "**";

    public static final String HISTORY = "keep 1000 for PT1H";

    public static final ContentSettings DEFAULT = new ContentSettings(true, Map.of(), history(HISTORY));

    /**
     * Reads the settings as they are written.
     *
     * @param roles each {@code TYPE ROLE [ROLE ...]}
     * @param history what stands behind the topic in {@code carillon.history}, or {@code none}
     * @throws IllegalArgumentException if they are something else; the message says what is legal
     */
    public static ContentSettings parse(boolean editsReachLists, List<String> roles, String history) {
        return new ContentSettings(editsReachLists, rolesByType(roles), history(history));
    }

    private static Map<String, Set<String>> rolesByType(List<String> entries) {
        Map<String, Set<String>> byType = new HashMap<>();
        for (String entry : entries) {
            List<String> words = List.of(entry.split("\\s+"));
            if (words.size() < 2 || !words.get(0).matches("[\\p{L}\\p{N}_$-]+|\\*")) {
                throw new IllegalArgumentException("content.roles has '" + entry
                        + "'; it must be a type and its roles as in 'Order sales administrator', or '* **' for every type"
                        + " and everybody who is logged in; entries are separated by commas");
            }
            byType.computeIfAbsent(words.get(0), type -> new HashSet<>()).addAll(words.subList(1, words.size()));
        }
        return byType;
    }

    private static Optional<HistorySettings> history(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(HistorySettings.parse("prefix " + ContentTopic.ALL + " " + text));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException(
                    "content.history is '" + text + "'; it must be 'none', or as in '" + HISTORY + "'", wrong);
        }
    }
}
