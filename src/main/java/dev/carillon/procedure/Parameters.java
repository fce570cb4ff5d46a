package dev.carillon.procedure;

import dev.carillon.client.ApplicationError;
import dev.carillon.client.Mapping;
import dev.carillon.client.Received;
import dev.carillon.protocol.ErrorUri;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** From the arguments of a call to those of a method: the positional ones in order, then the others by name. */
final class Parameters {

    private final Parameter[] parameters;
    private final boolean named;

    Parameters(Method method) {
        this.parameters = method.getParameters();
        this.named = parameters.length == 0 || parameters[0].isNamePresent();
    }

    /**
     * @throws ApplicationError {@code wamp.error.invalid_argument}, with a sentence that names the parameter, if there are
     *     too few or too many arguments, or one is of the wrong type
     */
    @Nullable
    Object[] map(Received received) {
        if (received.size() > parameters.length) {
            throw invalid("the procedure takes " + count(parameters.length) + ", and got " + received.size());
        }
        if (!named && !received.names().isEmpty()) {
            throw invalid("the procedure takes its arguments by position only: it was compiled without -parameters");
        }
        requireKnown(received);
        @Nullable Object[] arguments = new Object[parameters.length];
        for (int i = 0; i < parameters.length; i++) {
            Mapping.Value value =
                    i < received.size() ? received.value(i) : named ? received.value(parameters[i].getName()) : null;
            arguments[i] = map(i, value);
        }
        return arguments;
    }

    private void requireKnown(Received received) {
        for (String name : received.names()) {
            int index = indexOf(name);
            if (index < 0) {
                throw invalid("the procedure has no parameter '" + name + "'");
            }
            if (index < received.size()) {
                throw invalid(inWords(index) + " is given twice, by position and by name");
            }
        }
    }

    private int indexOf(String name) {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i].getName().equals(name)) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Object map(int index, Mapping.@Nullable Value value) {
        Type type = parameters[index].getParameterizedType();
        try {
            if (type == OptionalInt.class) {
                return absent(value) ? OptionalInt.empty() : OptionalInt.of((Integer) value.as(Integer.class));
            }
            if (type == OptionalLong.class) {
                return absent(value) ? OptionalLong.empty() : OptionalLong.of((Long) value.as(Long.class));
            }
            if (type == OptionalDouble.class) {
                return absent(value) ? OptionalDouble.empty() : OptionalDouble.of((Double) value.as(Double.class));
            }
            if (parameters[index].getType() == Optional.class) {
                return absent(value) ? Optional.empty() : Optional.of(value.as(inside(type)));
            }
            if (value == null) {
                throw invalid(inWords(index) + " is missing");
            }
            return value.as(type);
        } catch (IllegalArgumentException doesNotFit) {
            throw invalid(inWords(index) + " " + doesNotFit.getMessage());
        }
    }

    private static boolean absent(Mapping.@Nullable Value value) {
        return value == null || value.isNull();
    }

    private static Type inside(Type optional) {
        return optional instanceof ParameterizedType generic ? generic.getActualTypeArguments()[0] : Object.class;
    }

    private String inWords(int index) {
        String position = "argument " + (index + 1);
        return named ? position + " ('" + parameters[index].getName() + "')" : position;
    }

    private static String count(int arguments) {
        return arguments == 0
                ? "no arguments"
                : arguments == 1 ? "one argument" : "at most " + arguments + " arguments";
    }

    private static ApplicationError invalid(String sentence) {
        return new ApplicationError(ErrorUri.INVALID_ARGUMENT.value(), sentence);
    }
}
