package dev.carillon.outdated;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The tags of entities. A record is known by its root entity, so that a page that shows an {@code Animal} learns of the
 * change of a {@code Dog}; lists are of each entity that it is.
 */
public final class EntityTags implements TagGenerator {

    private final boolean editsReachLists;

    /** @param editsReachLists whether a list is outdated when one of its records was edited; it always is by others */
    public EntityTags(boolean editsReachLists) {
        this.editsReachLists = editsReachLists;
    }

    @Override
    public boolean supports(Object value) {
        return typeOf(value).isPresent();
    }

    /** Of a class, the list of all; of an entity, the record, if it is stored. */
    @Override
    public Collection<ContentTag> shown(Object value) {
        EntityType type = typeOf(value).orElseThrow();
        return value instanceof Class
                ? List.of(ContentTag.ofAll(type.names().get(0)))
                : type.idOf(value).stream()
                        .map(id -> ContentTag.of(type.root(), id))
                        .toList();
    }

    @Override
    public Collection<ContentTag> changed(Object value, Change change) {
        Collection<ContentTag> tags = new ArrayList<>();
        if (change != Change.ADDED || value instanceof Class) { // nobody has shown it before
            tags.addAll(shown(value));
        }
        if (change != Change.EDITED || editsReachLists) {
            typeOf(value).orElseThrow().names().forEach(name -> tags.add(ContentTag.ofAll(name)));
        }
        return tags;
    }

    @Override
    public Optional<String> label(Object value) {
        EntityType type = typeOf(value).orElseThrow();
        return value instanceof Class ? Optional.empty() : type.idOf(value).map(id -> type.words() + " " + id);
    }

    /** The type in the tags of an entity class; the simple name of another class. */
    public static String typeName(Class<?> type) {
        return EntityType.of(type).map(entity -> entity.names().get(0)).orElse(type.getSimpleName());
    }

    private static Optional<EntityType> typeOf(Object value) {
        return EntityType.of(value instanceof Class<?> type ? type : value.getClass());
    }
}
