package dev.carillon.it.badprocedures;

import dev.carillon.procedure.Procedure;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;

/** Both Carillon and the EJB container would enforce this, and only one of them knows the caller. */
@Stateless
public class Guarded {
    @Procedure("guarded.roles")
    @RolesAllowed("sales")
    public void roles() {}
}
