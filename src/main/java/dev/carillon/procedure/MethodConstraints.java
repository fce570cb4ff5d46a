package dev.carillon.procedure;

import dev.carillon.client.ApplicationError;
import java.lang.reflect.Method;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the parameters and the result of a method must be like, besides their types. */
public interface MethodConstraints {

    /** Nothing is asked. */
    MethodConstraints NONE = new MethodConstraints() {
        @Override
        public void parameters(Object bean, Method method, @Nullable Object[] arguments) {}

        @Override
        public void result(Object bean, Method method, @Nullable Object result) {}

        @Override
        public Optional<ApplicationError> toldBy(Throwable thrown, Method method) {
            return Optional.empty();
        }
    };

    /** @throws ApplicationError {@code wamp.error.invalid_argument}, with all that is wrong */
    void parameters(Object bean, Method method, @Nullable Object[] arguments);

    /** @throws ApplicationError as above */
    void result(Object bean, Method method, @Nullable Object result);

    /** What the method threw, if that says the same: a container may check the constraints of its beans itself. */
    Optional<ApplicationError> toldBy(Throwable thrown, Method method);
}
