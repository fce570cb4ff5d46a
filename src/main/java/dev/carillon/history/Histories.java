package dev.carillon.history;

import dev.carillon.matching.UriIndex;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Uri;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** All histories of a realm. No topic is in two of them. */
public final class Histories {

    public static final Histories NONE = new Histories(List.of());

    private final List<History> histories;
    private final UriIndex<History> byTopic = new UriIndex<>();

    /** @throws IllegalArgumentException if the patterns of two overlap */
    public Histories(List<History> histories) {
        requireApart(histories.stream().map(History::settings).toList());
        this.histories = List.copyOf(histories);
        histories.forEach(history -> byTopic.computeIfAbsent(history.settings().topics(), topics -> history));
    }

    /** Empty ones. */
    public static Histories inMemory(List<HistorySettings> settings, InstantSource clock, Supplier<String> epochs) {
        return new Histories(settings.stream()
                .map(each -> new History(each, clock, epochs.get()))
                .toList());
    }

    public List<History> all() {
        return histories;
    }

    /** The one that keeps the events of a topic. */
    public Optional<History> of(Uri topic) {
        return byTopic.best(topic);
    }

    /** The one that keeps all events that a subscription gets; a subscription to more than one history has none. */
    public Optional<History> of(UriPattern subscription) {
        for (History history : histories) {
            if (history.settings().topics().covers(subscription)) {
                return Optional.of(history);
            }
        }
        return Optional.empty();
    }

    /**
     * Checks the settings of one realm's histories: a topic in two would have two positions.
     *
     * @throws IllegalArgumentException if the patterns of two overlap
     */
    public static void requireApart(List<HistorySettings> settings) {
        for (int i = 0; i < settings.size(); i++) {
            for (HistorySettings earlier : settings.subList(0, i)) {
                HistorySettings later = settings.get(i);
                if (earlier.topics().overlaps(later.topics())) {
                    throw new IllegalArgumentException("history has '" + earlier.name() + "' and '" + later.name()
                            + "', which share topics; each topic must be in one history at most");
                }
            }
        }
    }
}
