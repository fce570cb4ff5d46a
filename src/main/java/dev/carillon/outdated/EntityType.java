package dev.carillon.outdated;

import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the annotations of an entity class say: its name and those of the entities it extends, and where its id is. A proxy
 * of the provider is no entity class itself and extends one. What a mapping file says is not known here.
 *
 * @param names the most special one first; ids are unique within the last
 * @param ids by the name of the property, in its order
 */
record EntityType(List<String> names, List<AccessibleObject> ids) {

    private static final ClassValue<Optional<EntityType>> KNOWN = new ClassValue<>() {
        @Override
        protected Optional<EntityType> computeValue(Class<?> type) {
            return read(type);
        }
    };

    /** Empty if it is no entity. */
    static Optional<EntityType> of(Class<?> type) {
        return KNOWN.get(type);
    }

    /** What the record is known by among those of the same root; the parts of a composite id are separated by commas. */
    Optional<String> idOf(Object entity) {
        List<String> parts = new ArrayList<>();
        for (AccessibleObject id : ids) {
            Object value = valueOf(id, entity);
            if (value == null) {
                return Optional.empty(); // not stored yet
            }
            parts.add(text(value));
        }
        return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(",", parts));
    }

    String root() {
        return names.get(names.size() - 1);
    }

    /** {@code SalesOrder} is a "Sales order". */
    String words() {
        String words = names.get(0).replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static Optional<EntityType> read(Class<?> type) {
        List<String> names = ancestry(type)
                .filter(each -> each.isAnnotationPresent(Entity.class))
                .map(EntityType::name)
                .toList();
        if (names.isEmpty()) {
            return Optional.empty();
        }
        Map<String, AccessibleObject> ids = new TreeMap<>();
        ancestry(type).forEach(each -> {
            Stream.of(each.getDeclaredFields())
                    .filter(EntityType::isId)
                    .forEach(field -> ids.putIfAbsent(
                            field.getName(),
                            getter(type, field)
                                    .map(AccessibleObject.class::cast)
                                    .orElse(field)));
            Stream.of(each.getDeclaredMethods())
                    .filter(EntityType::isId)
                    .forEach(method -> ids.putIfAbsent(method.getName(), method));
        });
        ids.values().forEach(member -> member.setAccessible(true));
        return Optional.of(new EntityType(names, List.copyOf(ids.values())));
    }

    private static String name(Class<?> entity) {
        String name = entity.getAnnotation(Entity.class).name();
        return name.isEmpty() ? entity.getSimpleName() : name;
    }

    private static boolean isId(AnnotatedElement member) {
        return (member.isAnnotationPresent(Id.class) || member.isAnnotationPresent(EmbeddedId.class))
                && !(member instanceof Method method && method.isBridge());
    }

    /** A proxy knows its id by the getter only; its fields are empty. */
    private static Optional<Method> getter(Class<?> type, Field field) {
        String name = field.getName();
        String accessor = "get" + name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
        return ancestry(type)
                .flatMap(each -> Stream.of(each.getDeclaredMethods()))
                .filter(method -> method.getName().equals(accessor) && method.getParameterCount() == 0)
                .findFirst();
    }

    private static Stream<Class<?>> ancestry(Class<?> type) {
        return Stream.<Class<?>>iterate(type, each -> each != null && each != Object.class, Class::getSuperclass);
    }

    private static @Nullable Object valueOf(AccessibleObject member, Object owner) {
        try {
            return member instanceof Method method ? method.invoke(owner) : ((Field) member).get(owner);
        } catch (IllegalAccessException | InvocationTargetException e) {
            throw new IllegalStateException(member + " of an entity cannot be read", e);
        }
    }

    /** Of a value class, that of its fields; of an entity that is a part of the id, its id. */
    private static String text(Object value) {
        Class<?> type = value.getClass();
        Optional<EntityType> entity = of(type);
        if (entity.isPresent()) {
            return entity.get().idOf(value).orElse("");
        }
        if (value instanceof Enum || type.getName().startsWith("java.")) {
            return value.toString();
        }
        return ancestry(type)
                .flatMap(each -> Stream.of(each.getDeclaredFields()))
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .sorted(Comparator.comparing(Member::getName))
                .map(field -> {
                    field.setAccessible(true);
                    Object part = valueOf(field, value);
                    return part == null ? "" : text(part);
                })
                .collect(Collectors.joining(","));
    }
}
