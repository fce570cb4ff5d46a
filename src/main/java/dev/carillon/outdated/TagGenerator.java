package dev.carillon.outdated;

import java.util.Collection;
import java.util.Optional;

/**
 * Says which tags a thing has. Entities have theirs without one; a CDI bean that implements this adds tags to them, or
 * tags what is no entity. All generators that support a thing are asked, and their tags add up.
 *
 * <pre>{@code
 * @ApplicationScoped
 * public class LinesBelongToTheirOrder implements TagGenerator {
 *     public boolean supports(Object value) {
 *         return value instanceof OrderLine;
 *     }
 *     public Collection<ContentTag> shown(Object line) {
 *         return List.of();
 *     }
 *     public Collection<ContentTag> changed(Object line, Change change) {
 *         return List.of(ContentTag.of("Order", ((OrderLine) line).getOrder().getId()));
 *     }
 * }
 * }</pre>
 */
public interface TagGenerator {

    /** @param value an entity, a class, or whatever else the application tags or says to have changed */
    boolean supports(Object value);

    /** The tags of a page that shows this. */
    Collection<ContentTag> shown(Object value);

    /**
     * The tags that are outdated when this has changed. For an entity it is called during the flush: it may look at the
     * entity, and must not query or change anything.
     */
    default Collection<ContentTag> changed(Object value, Change change) {
        return shown(value);
    }

    /** What to call it in "... was changed by bob", such as {@code Order 17}; of several generators the first that knows. */
    default Optional<String> label(Object value) {
        return Optional.empty();
    }
}
