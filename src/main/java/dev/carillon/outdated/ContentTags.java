package dev.carillon.outdated;

import dev.carillon.topic.Positions;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a page says to {@code trackContent} of {@code carillon-content.js}: the tags of what it shows, and where their topics
 * are. Inject it, or name it in a page; {@code <carillon:content>} does so by itself.
 *
 * <pre>{@code
 * @Inject ContentTags content;
 * ...
 * String after = content.position();    // first
 * Order order = orders.find(17);        // then
 * String tags = content.of(order);
 * }</pre>
 *
 * <pre>{@code
 * <main data-tags="#{carillonContent.of(order)}" data-after="#{carillonContent.position()}">
 * }</pre>
 */
public class ContentTags {

    private final TagChain tags;
    private final ContentAudience audience;
    private final Positions positions;

    /** For {@code wiring}; applications have one injected. */
    public ContentTags(TagChain tags, ContentAudience audience, Positions positions) {
        this.tags = tags;
        this.audience = audience;
        this.positions = positions;
    }

    /** For the client proxy only. */
    protected ContentTags() {
        this(null, null, null);
    }

    /** Of all content topics, now; to be read before the data. Empty if they have no common history. */
    public String position() {
        return positions.of(ContentTopic.ALL);
    }

    /**
     * The tags, separated by spaces; empty if there are none.
     *
     * @param value an entity: the record; an entity class: the list of all; a {@link ContentTag}; what a {@link TagGenerator}
     *     supports; or a collection of these
     */
    public String of(@Nullable Object value) {
        return written(tags.shown(value));
    }

    /** The tag of everything of a type. @param type of an entity, its entity name, such as {@code Order} */
    public String ofType(String type) {
        return ContentTag.ofAll(type).toString();
    }

    /** What a message calls it, such as {@code Order 17}; empty if nobody has a name for it. */
    public String label(@Nullable Object value) {
        return tags.label(value).orElse("");
    }

    /** What {@code here} of {@code carillon-here.js} takes: {@code Order/17}; empty if it is not one record. */
    public String record(@Nullable Object value) {
        Collection<ContentTag> shown = tags.shown(value);
        return shown.size() != 1
                ? ""
                : shown.iterator()
                        .next()
                        .encodedId()
                        .map(id -> shown.iterator().next().type() + "/" + id)
                        .orElse("");
    }

    private String written(Collection<ContentTag> shown) {
        return shown.stream().map(tag -> written(tag, audience)).collect(Collectors.joining(" "));
    }

    /** What is before {@code #} is the topic: {@code Order#17}, {@code Order}, and by record {@code Order/17}. */
    static String written(ContentTag tag, ContentAudience audience) {
        return audience.byRecord(tag.type()) ? topicOf(tag, audience) : tag.toString();
    }

    /** Behind {@link ContentTopic#ALL}. */
    static String topicOf(ContentTag tag, ContentAudience audience) {
        return tag.type()
                + tag.encodedId()
                        .filter(id -> audience.byRecord(tag.type()))
                        .map(id -> "/" + id)
                        .orElse("");
    }
}
