package dev.carillon.procedure;

import dev.carillon.protocol.Uri;
import jakarta.enterprise.inject.spi.AnnotatedMethod;
import jakarta.enterprise.inject.spi.AnnotatedType;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** A method of an enabled bean with {@link Procedure} on it, and what is wrong with it. */
final class Declaration {

    private final Bean<?> bean;
    private final Class<?> beanClass;
    private final boolean isSessionBean;
    private final AnnotatedMethod<?> annotated;
    private final Method method;

    Declaration(Bean<?> bean, boolean isSessionBean, AnnotatedType<?> type, AnnotatedMethod<?> annotated) {
        this.bean = bean;
        this.isSessionBean = isSessionBean;
        this.beanClass = type.getJavaClass();
        this.annotated = annotated;
        this.method = annotated.getJavaMember();
    }

    Method method() {
        return method;
    }

    String uri() {
        return annotated.getAnnotation(Procedure.class).value();
    }

    boolean isInterruptible() {
        return annotated.getAnnotation(Procedure.class).interruptible();
    }

    /** Class and method, as problems name it. */
    String name() {
        return name(beanClass, method);
    }

    static String name(Class<?> type, Method method) {
        return type.getName() + "." + method.getName() + "()";
    }

    /** @param problem takes a code and a sentence with a cure */
    void check(BeanManager beans, Uri.Rules rules, Consumer<String> problem) {
        checkUri(rules, problem);
        if (!Modifier.isPublic(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
            problem.accept("CAR-121 " + name() + ": the container can call public methods only that are not static;"
                    + " declare it so");
        } else if (view().isEmpty()) {
            problem.accept("CAR-121 " + name() + ": no business interface or bean type of the class has the method;"
                    + " add it to one, or use @LocalBean");
        }
        if (Modifier.isPrivate(beanClass.getModifiers())) {
            problem.accept("CAR-121 " + name() + ": the class is private; make it public");
        }
        if (beans.isNormalScope(bean.getScope())
                && (Modifier.isFinal(beanClass.getModifiers()) || Modifier.isFinal(method.getModifiers()))) {
            problem.accept("CAR-121 " + name() + ": the scope @"
                    + bean.getScope().getSimpleName() + " needs a proxy, which a final class or method does not allow;"
                    + " remove final");
        }
        checkTypes(problem);
        try {
            if (allowed() instanceof AllowedCallers.InRole
                    && annotated.getAnnotation(Procedure.class).roles().length == 0
                    && isSessionBean) {
                problem.accept("CAR-124 " + name() + ": the EJB container enforces @RolesAllowed too, and does not know"
                        + " the caller; write @Procedure(value = \"" + uri() + "\", roles = ...)"
                        + " and @PermitAll instead");
            }
        } catch (IllegalArgumentException contradiction) {
            problem.accept("CAR-124 " + name() + ": " + contradiction.getMessage() + " in one place; keep one");
        }
    }

    private void checkUri(Uri.Rules rules, Consumer<String> problem) {
        Uri uri = new Uri(uri());
        if (!uri.isLegal(rules)) {
            problem.accept("CAR-122 " + name() + ": '" + uri + "' is not a legal URI; write components like in"
                    + " orders.total, without white space and '#'"
                    + (rules == Uri.Rules.STRICT ? ", of a-z, 0-9 and _ only (carillon.uri.strict)" : ""));
        } else if (uri.isReserved()) {
            problem.accept("CAR-122 " + name() + ": URIs below 'wamp.' are reserved for the router; take a name of your"
                    + " own");
        }
    }

    private void checkTypes(Consumer<String> problem) {
        for (Type type : method.getGenericParameterTypes()) {
            if (type instanceof TypeVariable<?>) {
                problem.accept("CAR-121 " + name() + ": arguments cannot be mapped to the type variable " + type
                        + "; override the method with a type");
            }
        }
        Class<?> result = method.getReturnType();
        if (Future.class.isAssignableFrom(result) && !CompletionStage.class.isAssignableFrom(result)) {
            problem.accept("CAR-121 " + name() + ": nobody says when a Future is there; return a CompletionStage");
        }
    }

    /** @throws IllegalArgumentException if the annotations contradict each other */
    AllowedCallers allowed() {
        String[] roles = annotated.getAnnotation(Procedure.class).roles();
        if (roles.length > 0) {
            return new AllowedCallers.InRole(Set.of(roles));
        }
        return AllowedCallers.of(List.of(method, method.getDeclaringClass(), beanClass));
    }

    Bean<?> bean() {
        return bean;
    }

    /** The bean type to ask for, with the method that it has. */
    record View(Type type, Method method) {}

    /** The class itself, if it is one of the bean's types; else an interface that has the method. */
    Optional<View> view() {
        if (bean.getTypes().contains(beanClass)) {
            return Optional.of(new View(beanClass, method));
        }
        for (Type type : bean.getTypes()) {
            if (type instanceof Class<?> view && view != Object.class) {
                try {
                    return Optional.of(new View(view, view.getMethod(method.getName(), method.getParameterTypes())));
                } catch (NoSuchMethodException notThere) {
                    // perhaps the next one has it
                }
            }
        }
        return Optional.empty();
    }
}
