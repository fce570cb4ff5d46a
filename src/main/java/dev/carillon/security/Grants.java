package dev.carillon.security;

import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.WampError;
import java.util.List;

/** What configuration and the application's dynamic authorizers grant, beyond what declarations say. */
public final class Grants {

    public static final Grants NONE = new Grants(List.of(), List.of());

    private final List<Permission> permissions;
    private final List<? extends DynamicAuthorizer> authorizers;

    public Grants(List<Permission> permissions, List<? extends DynamicAuthorizer> authorizers) {
        this.permissions = List.copyOf(permissions);
        this.authorizers = List.copyOf(authorizers);
    }

    /**
     * Whether something here grants the request.
     *
     * @throws WampError {@code wamp.error.not_authorized} if a dynamic authorizer denies it
     */
    public boolean grant(Authorizer.Request request) {
        boolean granted = false;
        for (DynamicAuthorizer authorizer : authorizers) {
            switch (authorizer.decide(request)) {
                case DENY -> throw new WampError(ErrorUri.NOT_AUTHORIZED, "this is not allowed");
                case GRANT -> granted = true;
                case ABSTAIN -> {}
            }
        }
        return granted || permissions.stream().anyMatch(permission -> permission.grants(request));
    }
}
