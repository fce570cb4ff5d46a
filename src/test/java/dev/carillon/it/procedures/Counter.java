package dev.carillon.it.procedures;

import jakarta.ejb.Local;

/** A business interface. */
@Local
public interface Counter {

    int add(int one, int other);
}
