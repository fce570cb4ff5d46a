package dev.carillon.outdated;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All generators as one: the application's, and then that of the entities, if there is JPA. */
public final class TagChain {

    private final List<TagGenerator> generators;
    private final List<TagGenerator> ofEntities; // none or one

    /** @param entities null where there is no JPA */
    public TagChain(List<TagGenerator> generators, @Nullable TagGenerator entities) {
        this.generators = List.copyOf(generators);
        this.ofEntities = entities == null ? List.of() : List.of(entities);
    }

    /** The tags of a page that shows this. @param value may be a collection: then those of its elements */
    Set<ContentTag> shown(@Nullable Object value) {
        return each(value, one -> tags(one, generator -> generator.shown(one)));
    }

    /** The tags that are outdated now. */
    Set<ContentTag> changed(@Nullable Object value, Change change) {
        return each(value, one -> tags(one, generator -> generator.changed(one, change)));
    }

    /** The tag of the record itself, without those of others that its change concerns. */
    Set<ContentTag> record(@Nullable Object value) {
        return each(
                value,
                one -> one instanceof ContentTag tag
                        ? Stream.of(tag)
                        : supporting(ofEntities, one).flatMap(generator -> generator.shown(one).stream()));
    }

    /** Empty for what nobody has a name for. */
    Optional<String> label(@Nullable Object value) {
        return value == null
                ? Optional.empty()
                : all(value)
                        .flatMap(generator -> generator.label(value).stream())
                        .findFirst();
    }

    private Stream<ContentTag> tags(Object value, Function<TagGenerator, Collection<ContentTag>> asked) {
        return value instanceof ContentTag tag
                ? Stream.of(tag)
                : all(value).flatMap(generator -> asked.apply(generator).stream());
    }

    private Stream<TagGenerator> all(Object value) {
        return Stream.concat(supporting(generators, value), supporting(ofEntities, value));
    }

    private static Stream<TagGenerator> supporting(List<TagGenerator> generators, Object value) {
        return generators.stream().filter(generator -> generator.supports(value));
    }

    private static Set<ContentTag> each(@Nullable Object value, Function<Object, Stream<ContentTag>> tags) {
        Set<ContentTag> found = new LinkedHashSet<>();
        if (value instanceof Iterable<?> several) {
            several.forEach(one -> found.addAll(each(one, tags)));
        } else if (value != null) {
            tags.apply(value).forEach(found::add);
        }
        return found;
    }
}
