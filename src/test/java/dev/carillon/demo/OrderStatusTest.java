package dev.carillon.demo;

import static dev.carillon.demo.OrderStatus.OPEN;
import static dev.carillon.demo.OrderStatus.PACKED;
import static dev.carillon.demo.OrderStatus.SHIPPED;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OrderStatusTest {

    @Test
    void aNewStatusNamesTheDeed() {
        assertThat(SHIPPED.verbAfter(PACKED)).isEqualTo("shipped");
        assertThat(PACKED.verbAfter(OPEN)).isEqualTo("packed");
        assertThat(OPEN.verbAfter(SHIPPED)).isEqualTo("reopened");
    }

    @Test
    void withTheSameStatusSomethingElseWasChanged() {
        assertThat(OPEN.verbAfter(OPEN)).isEqualTo("changed");
    }
}
