package dev.carillon.it.revocation;

import dev.carillon.security.Authorizer.Action;
import dev.carillon.security.Authorizer.Request;
import dev.carillon.security.DynamicAuthorizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The pages of members may register and call. */
@ApplicationScoped
public class MembersServe implements DynamicAuthorizer {

    private final Staff staff;

    @Inject
    MembersServe(Staff staff) {
        this.staff = staff;
    }

    MembersServe() {
        this(null); // for the client proxy only
    }

    @Override
    public Decision decide(Request request) {
        boolean serves = request.action() == Action.REGISTER || request.action() == Action.CALL;
        return serves && staff.includes(request.who().authid()) ? Decision.GRANT : Decision.ABSTAIN;
    }
}
