package dev.carillon.outdated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A server without JPA, or with a provider other than Hibernate, loads and looks through all beans. */
class HostWithoutJpaTest {

    /** Loaded by JPA and Hibernate, and where they are there. */
    private static final List<String> THEIRS = List.of("EntityType", "ContentListener", "HibernateCollections");

    private final ClassLoader server = new WithoutJpa();

    @Test
    void allThatIsNotLoadedByJpaItselfCanBeLookedThrough() throws IOException {
        for (String name : classes()) {
            if (THEIRS.stream().noneMatch(name::contains)) {
                assertThatCode(() -> server.loadClass(name).getDeclaredMethods())
                        .as(name)
                        .doesNotThrowAnyException();
            }
        }
    }

    @Test
    void theWiringSeesThatJpaIsNotThere() throws ReflectiveOperationException {
        Method hasJpa = server.loadClass("dev.carillon.wiring.OutdatedWiring").getDeclaredMethod("hasJpa");
        hasJpa.setAccessible(true);
        assertThat(hasJpa.invoke(null)).isEqualTo(false);
        assertThatThrownBy(() -> server.loadClass(ContentListener.class.getName())
                        .getDeclaredMethod("added", Object.class)
                        .getAnnotation(Class.forName("jakarta.persistence.PostPersist", false, server)
                                .asSubclass(java.lang.annotation.Annotation.class)))
                .isInstanceOf(ClassNotFoundException.class);
    }

    private static List<String> classes() throws IOException {
        Path root = Path.of(System.getProperty("basedir", ""), "target/classes");
        try (Stream<Path> files = Stream.of("outdated", "presence", "faces", "wiring", "notification")
                .flatMap(name -> all(root.resolve("dev/carillon").resolve(name)))) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class") && !name.endsWith("package-info.class"))
                    .map(name -> name.replace(".class", "").replace('/', '.'))
                    .toList();
        }
    }

    private static Stream<Path> all(Path folder) {
        try {
            return Files.walk(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class WithoutJpa extends ClassLoader {

        WithoutJpa() {
            super(HostWithoutJpaTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("jakarta.persistence.") || name.startsWith("org.hibernate.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("dev.carillon.")) {
                return super.loadClass(name, resolve);
            }
            Class<?> known = findLoadedClass(name);
            return known != null ? known : defined(name);
        }

        private Class<?> defined(String name) throws ClassNotFoundException {
            try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (file == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = file.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
