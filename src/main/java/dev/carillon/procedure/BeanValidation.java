package dev.carillon.procedure;

import dev.carillon.client.ApplicationError;
import dev.carillon.protocol.ErrorUri;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.ElementKind;
import jakarta.validation.Path;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.executable.ExecutableValidator;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Jakarta Validation 3.0, "Method constraints". A class of its own: the server may have no Bean Validation. */
public final class BeanValidation implements MethodConstraints {

    private final ExecutableValidator validator;

    public BeanValidation(ValidatorFactory factory) {
        this.validator = factory.getValidator().forExecutables();
    }

    @Override
    public void parameters(Object bean, Method method, @Nullable Object[] arguments) {
        requireNone(validator.validateParameters(bean, method, arguments));
    }

    @Override
    public void result(Object bean, Method method, @Nullable Object result) {
        requireNone(validator.validateReturnValue(bean, method, result));
    }

    @Override
    public Optional<ApplicationError> toldBy(Throwable thrown, Method method) {
        return thrown instanceof ConstraintViolationException violated
                        && violated.getConstraintViolations().stream().allMatch(violation -> isOf(method, violation))
                ? Optional.of(invalid(violated.getConstraintViolations()))
                : Optional.empty();
    }

    /** Not of a method that this one has called, whose constraints are nothing to the caller. */
    private static boolean isOf(Method method, ConstraintViolation<?> violation) {
        Path.Node first = violation.getPropertyPath().iterator().next();
        return first.getKind() == ElementKind.METHOD
                && first.getName().equals(method.getName())
                && method.getDeclaringClass().isAssignableFrom(violation.getRootBeanClass());
    }

    private static void requireNone(Set<ConstraintViolation<Object>> violations) {
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
    }

    private static ApplicationError invalid(Set<? extends ConstraintViolation<?>> violations) {
        return new ApplicationError(
                ErrorUri.INVALID_ARGUMENT.value(),
                violations.stream()
                        .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                        .sorted() // a set has no order, and the sentence should be the same each time
                        .collect(Collectors.joining("; ")));
    }
}
