package dev.carillon.it.rights;

import dev.carillon.security.Authorizer;
import dev.carillon.security.DynamicAuthorizer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Closes one room for all, and opens an undeclared topic for bob. */
@ApplicationScoped
public class OpeningHours implements DynamicAuthorizer {

    private final Visit visit;

    @Inject
    OpeningHours(Visit visit) {
        this.visit = visit;
    }

    OpeningHours() {
        this(null); // for the client proxy only
    }

    @Override
    public Decision decide(Authorizer.Request request) {
        visit.begin();
        if (request.uri().value().equals("chat/closed")) {
            return Decision.DENY;
        }
        return request.uri().value().equals("bobs.own")
                        && request.who().authid().equals("bob")
                ? Decision.GRANT
                : Decision.ABSTAIN;
    }
}
