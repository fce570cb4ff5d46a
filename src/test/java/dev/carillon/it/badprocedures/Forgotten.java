package dev.carillon.it.badprocedures;

import dev.carillon.procedure.Procedure;

/** No bean, and no archive in which every class is one. */
public class Forgotten {
    @Procedure("forgotten")
    public void forgotten() {}
}
