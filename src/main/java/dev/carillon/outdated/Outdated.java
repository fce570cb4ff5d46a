package dev.carillon.outdated;

import dev.carillon.notification.Notification;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What one transaction has outdated. One thread at a time. */
final class Outdated {

    /** A message names so many of a type at most, of so many characters; what is more is told as "all of it". */
    private static final int MAX_TAGS = 1000;

    private static final int MAX_CHARACTERS = 32 * 1024;

    private final Acting acting;
    private final Set<ContentTag> added = new HashSet<>();
    private final Set<ContentTag> changed = new LinkedHashSet<>();
    private final Set<ContentTag> removed = new LinkedHashSet<>();

    Outdated(Acting acting) {
        this.acting = acting;
    }

    /** Nobody has shown these before, whatever else the transaction does to them. */
    void added(Set<ContentTag> tags) {
        added.addAll(tags);
    }

    void changed(Set<ContentTag> tags) {
        changed.addAll(tags);
    }

    void removed(Set<ContentTag> tags) {
        removed.addAll(tags);
    }

    /**
     * What a page is told; with {@code all} set, every record of the type may be outdated.
     *
     * @param changed tags
     * @param removed tags; none of them is among the others
     */
    public record Told(
            @Nullable String by,
            @Nullable String page,
            @Nullable Long session,
            List<String> changed,
            List<String> removed,
            boolean all) {}

    /** One for each topic: that is one for each type, and for each record where rights differ by record. */
    List<Notification> told(ContentAudience audience) {
        Map<String, List<ContentTag>> byTopic = new LinkedHashMap<>();
        Set<ContentTag> every = new LinkedHashSet<>(changed);
        every.addAll(removed);
        every.removeIf(tag -> added.contains(tag) && !removed.contains(tag));
        every.forEach(tag -> byTopic.computeIfAbsent(ContentTags.topicOf(tag, audience), topic -> new ArrayList<>())
                .add(tag));
        List<Notification> told = new ArrayList<>();
        byTopic.forEach((topic, tags) ->
                told.add(Notification.to(ContentTopic.ALL + topic).with(told(tags, audience))));
        return told;
    }

    private Told told(List<ContentTag> tags, ContentAudience audience) {
        List<String> gone = new ArrayList<>();
        List<String> other = new ArrayList<>();
        int characters = 0;
        for (ContentTag tag : tags) {
            String written = ContentTags.written(tag, audience);
            characters += written.length();
            (removed.contains(tag) ? gone : other).add(written);
        }
        return tags.size() > MAX_TAGS || characters > MAX_CHARACTERS
                ? new Told(acting.by(), acting.page(), acting.session(), List.of(), List.of(), true)
                : new Told(acting.by(), acting.page(), acting.session(), other, gone, false);
    }
}
