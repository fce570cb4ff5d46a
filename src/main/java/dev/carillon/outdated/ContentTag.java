package dev.carillon.outdated;

import dev.carillon.protocol.Uri;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names something that pages show and that may change: one record, {@code Order#17}, or all of its type, {@code Order}, as
 * a list shows them.
 *
 * @param type letters, digits, {@code _}, {@code $} and {@code -}; of an entity, its entity name
 * @param id of the record, as text; empty for all of the type
 */
public record ContentTag(String type, Optional<String> id) {

    private static final Pattern TYPE = Pattern.compile("[\\p{L}\\p{N}_$-]+");

    /** @throws IllegalArgumentException if the type has other characters, or the id is the empty string */
    public ContentTag {
        if (!TYPE.matcher(type).matches()) {
            throw new IllegalArgumentException(
                    "the type of a content tag is '" + type + "'; it must be letters, digits, _, $ and -");
        }
        if (id.isPresent() && id.get().isEmpty()) {
            throw new IllegalArgumentException("the id of a content tag of " + type + " is the empty string");
        }
    }

    /** One record. @param id its {@code toString} counts */
    public static ContentTag of(String type, Object id) {
        return new ContentTag(type, Optional.of(id.toString()));
    }

    /** All of a type: whatever lists them, counts them, adds them up. */
    public static ContentTag ofAll(String type) {
        return new ContentTag(type, Optional.empty());
    }

    /** Fit for a URI and for an attribute in which tags are separated by spaces. */
    Optional<String> encodedId() {
        return id.map(Uri::component);
    }

    @Override
    public String toString() {
        return type + encodedId().map(encoded -> "#" + encoded).orElse("");
    }
}
