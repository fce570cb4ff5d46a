package dev.carillon.it.procedures;

import dev.carillon.procedure.Procedure;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;

/** The class says who may call, and one method says otherwise. A dependent bean. */
@Dependent
@RolesAllowed("administrator")
public class Administration {

    @Procedure("administration.restart")
    public String restart() {
        return "restarted";
    }

    @Procedure("administration.version")
    @PermitAll
    public String version() {
        return "1";
    }
}
