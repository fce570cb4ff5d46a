package dev.carillon.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.carillon.protocol.Payload;
import jakarta.json.JsonObject;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Payloads from and to objects. */
class JsonbMappingTest {

    private final Mapping mapping = new JsonbMapping();

    public record Order(long id, String customer) {}

    public enum Size {
        SMALL,
        LARGE
    }

    @Test
    void nothingStaysNothing() {
        assertThat(mapping.write(Arguments.NONE)).isEqualTo(Payload.NONE);
        assertThat(mapping.write(Arguments.of())).isEqualTo(Payload.NONE);
        Received nothing = mapping.read(Payload.NONE);
        assertThat(nothing.size()).isZero();
        assertThat(nothing.names()).isEmpty();
        assertThat(nothing.get(0, String.class)).isNull();
        assertThat(nothing.get("name", String.class)).isNull();
    }

    @Test
    void argumentsAreWrittenInOrder() {
        assertThat(mapping.write(Arguments.of(1, null, "a\"b", new Order(7, "x"))
                        .with("z", true)
                        .with("a", List.of(1.5))))
                .isEqualTo(
                        new Payload.Json("[1,null,\"a\\\"b\",{\"customer\":\"x\",\"id\":7}],{\"z\":true,\"a\":[1.5]}"));
        assertThat(mapping.write(Arguments.of().with("k", null))).isEqualTo(new Payload.Json("[],{\"k\":null}"));
    }

    @Test
    void whatCannotBeWrittenIsNamed() {
        Object cyclic = new Object() {
            public Object getSelf() {
                return this;
            }
        };
        assertThatThrownBy(() -> mapping.write(Arguments.of(1, cyclic)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("argument 2 cannot be mapped");
        assertThatThrownBy(() -> mapping.write(Arguments.of().with("k", cyclic)))
                .hasMessageStartingWith("argument 'k' cannot be mapped");
    }

    @Test
    void argumentsAreReadAsWhatIsAskedFor() throws NoSuchMethodException {
        Received received =
                received("[17,\"x\",{\"id\":1,\"customer\":\"c\"},[{\"id\":2}],\"2026-11-21\",12.50,\"LARGE\"],"
                        + "{\"flag\":true}");
        assertThat(received.get(0, long.class)).isEqualTo(17L);
        assertThat(received.get(0, Integer.class)).isEqualTo(17);
        assertThat(received.get(0, BigDecimal.class)).isEqualByComparingTo("17");
        assertThat(received.get(1, String.class)).isEqualTo("x");
        assertThat(received.get(2, Order.class)).isEqualTo(new Order(1, "c"));
        assertThat(received.get(2, Map.class)).containsEntry("customer", "c");
        assertThat(received.get(2, JsonObject.class).getInt("id")).isEqualTo(1);
        assertThat(received.get(3, ordersType())).isEqualTo(List.of(new Order(2, null)));
        assertThat(received.get(4, LocalDate.class)).isEqualTo("2026-11-21");
        assertThat(received.get(5, BigDecimal.class)).isEqualByComparingTo("12.5");
        assertThat(received.get(6, Size.class)).isEqualTo(Size.LARGE);
        assertThat(received.get("flag", boolean.class)).isTrue();
        assertThat(received).hasToString("7 arguments, [flag]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "-9223372036854775808"})
    void integersPassUndamaged(String number) {
        assertThat(received("[" + number + "]").get(0, long.class)).isEqualTo(Long.parseLong(number));
        assertThat(received("[" + number + "0]").get(0, BigInteger.class)).isEqualTo(number + "0");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "9223372036854775808 | long    | must be an integer that fits into 64 bits",
                "2147483648          | int     | must be an integer that fits into 32 bits",
                "32768               | short   | must be an integer that fits into 16 bits",
                "-129                | byte    | must be an integer that fits into 8 bits",
                "1.5                 | long    | must be an integer that fits into 64 bits",
                "'x'                 | long    | must be an integer that fits into 64 bits",
                "null                | long    | must be an integer that fits into 64 bits, not null",
                "'x'                 | double  | must be a number",
                "[1]                 | double  | must be a number",
                "{}                  | boolean | must be true or false",
                "1                   | boolean | must be true or false",
                "null                | boolean | must be true or false, not null",
                "{}                  | string  | must be a string",
                "[1]                 | string  | must be a string",
                "17                  | string  | must be a string",
                "'x'                 | order   | must be of another form",
                "{'id':'x'}          | order   | must be of another form",
                "'HUGE'              | size    | must be one of [SMALL, LARGE]",
                "'yesterday'         | date    | must be of another form",
                "'x'                 | orders  | must be of another form",
            })
    void whatDoesNotFitIsSaidInWordsOfJson(String json, String type, String sentence) throws NoSuchMethodException {
        Type asked = switch (type) {
            case "long" -> long.class;
            case "int" -> int.class;
            case "short" -> short.class;
            case "byte" -> byte.class;
            case "double" -> double.class;
            case "boolean" -> boolean.class;
            case "string" -> String.class;
            case "order" -> Order.class;
            case "size" -> Size.class;
            case "date" -> LocalDate.class;
            default -> ordersType();
        };
        // The quotes of the table stand for double ones; it takes away those around a whole value.
        String value = json.replace('\'', '"');
        String quoted = value.matches("x|HUGE|yesterday") ? '"' + value + '"' : value;
        assertThatThrownBy(() -> received("[" + quoted + "]").get(0, asked))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e1000000000", "1e-1000000000", "-1E999999999"})
    void aNumberThatWouldFillTheMemoryIsRefused(String number) {
        for (Type type : new Type[] {int.class, Long.class, BigInteger.class}) {
            assertThatThrownBy(() -> received("[" + number + "]").get(0, type))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("must be an integer");
        }
    }

    static void orders(List<Order> orders) {}

    private static Type ordersType() throws NoSuchMethodException {
        return JsonbMappingTest.class.getDeclaredMethod("orders", List.class).getGenericParameterTypes()[0];
    }

    private Received received(String json) {
        return mapping.read(new Payload.Json(json));
    }
}
