package dev.carillon.transport;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.transport.OpenConnections.Excess;
import org.junit.jupiter.api.Test;

class OpenConnectionsTest {

    @Test
    void thereAreSoManyAndOneThatEndsMakesRoom() {
        OpenConnections open = new OpenConnections(new ConnectionLimits(2, 0));
        assertThat(open.add("10.0.0.1")).isEmpty();
        assertThat(open.add("10.0.0.1")).isEmpty();
        assertThat(open.excess("10.0.0.2")).contains(Excess.TOTAL);
        assertThat(open.add("10.0.0.2")).contains(Excess.TOTAL);
        open.remove("10.0.0.1");
        assertThat(open.excess("10.0.0.2")).isEmpty();
        assertThat(open.add("10.0.0.2")).isEmpty();
        assertThat(open.add(null)).contains(Excess.TOTAL);
    }

    @Test
    void noAddressHasAll() {
        OpenConnections open = new OpenConnections(new ConnectionLimits(3, 1));
        assertThat(open.add("10.0.0.1")).isEmpty();
        assertThat(open.excess("10.0.0.1")).contains(Excess.ADDRESS);
        assertThat(open.add("10.0.0.1")).contains(Excess.ADDRESS);
        assertThat(open.add("10.0.0.2")).isEmpty();
        open.remove("10.0.0.1");
        assertThat(open.add("10.0.0.1")).isEmpty();
        assertThat(open.add(null)).as("from an address that is not known").isEmpty();
        assertThat(open.add(null)).contains(Excess.TOTAL);
    }

    @Test
    void zeroIsAnyNumber() {
        OpenConnections open = new OpenConnections(ConnectionLimits.NONE);
        for (int i = 0; i < 10_000; i++) {
            assertThat(open.add("10.0.0.1")).isEmpty();
        }
    }
}
