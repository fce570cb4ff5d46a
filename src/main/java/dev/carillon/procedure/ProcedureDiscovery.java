package dev.carillon.procedure;

import dev.carillon.protocol.Uri;
import jakarta.enterprise.context.spi.CreationalContext;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Vetoed;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessBean;
import jakarta.enterprise.inject.spi.ProcessSessionBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the {@link Procedure} methods of all beans while the application is deployed. */
public class ProcedureDiscovery implements Extension {

    private final Set<Class<?>> seen = new LinkedHashSet<>();
    private final List<Declaration> declarations = new ArrayList<>();

    void seen(@Observes @WithAnnotations(Procedure.class) ProcessAnnotatedType<?> event) {
        seen.add(event.getAnnotatedType().getJavaClass());
    }

    void bean(@Observes ProcessBean<?> event) {
        if (!(event.getAnnotated() instanceof AnnotatedType<?> type)) {
            return; // a producer
        }
        for (AnnotatedMethod<?> method : type.getMethods()) {
            if (method.isAnnotationPresent(Procedure.class)
                    && !method.getJavaMember().isSynthetic()
                    && !isOverridden(method.getJavaMember(), type.getJavaClass())) {
                declarations.add(
                        new Declaration(event.getBean(), event instanceof ProcessSessionBean<?>, type, method));
            }
        }
    }

    private static boolean isOverridden(Method method, Class<?> beanClass) {
        try {
            return !beanClass
                    .getMethod(method.getName(), method.getParameterTypes())
                    .getDeclaringClass()
                    .equals(method.getDeclaringClass());
        } catch (NoSuchMethodException notPublic) {
            return false; // told as a problem
        }
    }

    /** What keeps the application from being deployed, in sentences: class, method, cure. */
    public List<String> problems(BeanManager beans, Uri.Rules rules) {
        List<String> problems = new ArrayList<>();
        Map<String, Declaration> byUri = new TreeMap<>();
        for (Declaration declaration : declarations) {
            declaration.check(beans, rules, problems::add);
            Declaration other = byUri.putIfAbsent(declaration.uri(), declaration);
            if (other != null) {
                problems.add("CAR-123 " + declaration.name() + ": the procedure '" + declaration.uri()
                        + "' is served by " + other.name() + " already; give one another URI");
            }
        }
        seen.forEach(type -> problems.addAll(withoutBean(type)));
        return problems;
    }

    /** The same for classes that CDI has not looked at, because they have no scope. */
    public List<String> withoutBean(@Nullable Set<Class<?>> types) {
        Set<Class<?>> more = types == null ? Set.of() : types;
        return more.stream()
                .filter(type -> !seen.contains(type))
                .flatMap(type -> withoutBean(type).stream())
                .toList();
    }

    private List<String> withoutBean(Class<?> type) {
        if (type.isAnnotationPresent(Alternative.class) || type.isAnnotationPresent(Vetoed.class)) {
            return List.of(); // left out with good reason
        }
        Set<Method> found = declarations.stream().map(Declaration::method).collect(Collectors.toSet());
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(Procedure.class))
                .filter(method -> !method.isSynthetic() && !found.contains(method))
                .map(method -> "CAR-121 " + Declaration.name(type, method) + " cannot be called: its class is not a"
                        + " bean, or a bean's class overrides the method. Put @Procedure on a method with a body,"
                        + " in a class with a scope such as @ApplicationScoped")
                .toList();
    }

    /** To be asked when the application is deployed, without problems. */
    public Procedures procedures(BeanManager beans, MethodConstraints constraints) {
        CurrentCaller caller =
                beans.createInstance().select(CurrentCaller.class).get();
        return new Procedures(declarations.stream()
                .map(declaration -> procedure(declaration, beans, caller, constraints))
                .toList());
    }

    private static ProcedureMethod procedure(
            Declaration declaration, BeanManager beans, CurrentCaller caller, MethodConstraints constraints) {
        Declaration.View view = declaration.view().orElseThrow();
        view.method().setAccessible(true); // public, but its class may not be
        return new ProcedureMethod(
                declaration.uri(),
                view.method(),
                declaration.isInterruptible(),
                declaration.allowed(),
                () -> new Reference(declaration, view, beans),
                caller,
                constraints);
    }

    private static final class Reference implements ProcedureMethod.BeanInstance {
        private final CreationalContext<?> context;
        private final Object instance;

        Reference(Declaration declaration, Declaration.View view, BeanManager beans) {
            context = beans.createCreationalContext(declaration.bean());
            instance = beans.getReference(declaration.bean(), view.type(), context);
        }

        @Override
        public Object get() {
            return instance;
        }

        @Override
        public void release() {
            context.release();
        }
    }
}
