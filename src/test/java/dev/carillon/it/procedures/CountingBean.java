package dev.carillon.it.procedures;

import dev.carillon.procedure.Procedure;
import jakarta.ejb.Stateless;

/** A session bean that is seen by its interface only. */
@Stateless
public class CountingBean implements Counter {

    @Override
    @Procedure("counter.add")
    public int add(int one, int other) {
        return one + other;
    }
}
