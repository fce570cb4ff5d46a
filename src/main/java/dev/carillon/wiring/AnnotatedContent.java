package dev.carillon.wiring;

import dev.carillon.outdated.ContentRoles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The roles that entities are annotated with. Entities are no beans; it is the servlet container that finds them. */
@ApplicationScoped
class AnnotatedContent {

    private final Set<Class<?>> types = ConcurrentHashMap.newKeySet();

    /** @param typeName what a class is called in tags */
    Map<String, Set<String>> roles(Function<Class<?>, String> typeName) {
        Map<String, Set<String>> roles = new ConcurrentHashMap<>();
        types.forEach(type -> roles.put(
                typeName.apply(type),
                Set.of(type.getAnnotation(ContentRoles.class).value())));
        return roles;
    }

    /** Comes before whatever a request or a listener could ask for. */
    @HandlesTypes(ContentRoles.class)
    public static class Finder implements ServletContainerInitializer {

        /** @param found null if there are none */
        @Override
        public void onStartup(@Nullable Set<Class<?>> found, ServletContext context) {
            if (found != null) {
                CDI.current().select(AnnotatedContent.class).get().add(found);
            }
        }
    }

    void add(Set<Class<?>> found) {
        found.stream()
                .filter(type -> type.isAnnotationPresent(ContentRoles.class))
                .forEach(types::add);
    }
}
