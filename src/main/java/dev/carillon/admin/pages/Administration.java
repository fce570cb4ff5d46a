package dev.carillon.admin.pages;

import dev.carillon.admin.AdminProcedures;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;

/** What a page tells its script. */
@Named
@RequestScoped
public class Administration {

    private final AdminProcedures procedures;

    @Inject
    Administration(AdminProcedures procedures) {
        this.procedures = procedures;
    }

    Administration() {
        this(null); // for the client proxy only
    }

    /** All realms, the default one first. */
    public List<String> getRealms() {
        return procedures.realms();
    }

    /** The one that was asked for, if there is one of this name; else the default one. */
    public String realm(String asked) {
        return getRealms().contains(asked) ? asked : getRealms().get(0);
    }
}
