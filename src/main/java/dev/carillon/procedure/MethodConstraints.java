package dev.carillon.procedure;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** What the parameters and the result of a method must be like, besides their types. */
public interface MethodConstraints {

    /** Nothing is asked. */
    MethodConstraints NONE = new MethodConstraints() {
        @Override
        public void parameters(Object bean, Method method, @Nullable Object[] arguments) {}

        @Override
        public void result(Object bean, Method method, @Nullable Object result) {}
    };

    /** @throws dev.carillon.client.ApplicationError {@code wamp.error.invalid_argument}, with all that is wrong */
    void parameters(Object bean, Method method, @Nullable Object[] arguments);

    /** @throws dev.carillon.client.ApplicationError as above */
    void result(Object bean, Method method, @Nullable Object result);
}
