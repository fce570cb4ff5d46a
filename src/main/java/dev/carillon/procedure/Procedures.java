package dev.carillon.procedure;

import dev.carillon.client.WampSession;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer;
import dev.carillon.security.Identity;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All {@link Procedure} methods of the application, and who may call each. */
public final class Procedures {

    private final Map<Uri, ProcedureMethod> methods;

    Procedures(Collection<ProcedureMethod> methods) {
        this.methods = methods.stream()
                .collect(Collectors.toUnmodifiableMap(method -> new Uri(method.uri()), Function.identity()));
    }

    /** Registers all of them; the session must be of the application, or nobody is told who calls. */
    public void register(WampSession session) {
        CompletableFuture<?>[] registered = methods.values().stream()
                .map(method -> session.register(method.uri(), method))
                .toArray(CompletableFuture<?>[]::new);
        for (CompletableFuture<?> each : registered) {
            each.join(); // no wait: the router in the same process has answered
        }
    }

    /**
     * Says who may call these procedures, and leaves all else to others.
     *
     * @param denials what is refused whatever annotations say; it must return otherwise
     */
    public Authorizer rights(Authorizer others, Authorizer denials) {
        return new Authorizer() {
            @Override
            public void authorize(Request request) {
                ProcedureMethod method = request.action() == Action.CALL ? methods.get(request.uri()) : null;
                if (method == null) {
                    others.authorize(request);
                    return;
                }
                denials.authorize(request);
                if (!request.who().equals(Identity.APPLICATION)
                        && !method.allowed().allow(request.who())) {
                    throw new WampError(ErrorUri.NOT_AUTHORIZED, "this procedure is not for this session");
                }
            }

            @Override
            public boolean showsUndeclared(Request request) {
                return others.showsUndeclared(request);
            }
        };
    }

    /** The roles that the annotations name, so that they can be asked of the container. */
    public Set<String> roles() {
        return methods.values().stream()
                .map(ProcedureMethod::allowed)
                .filter(AllowedCallers.InRole.class::isInstance)
                .flatMap(allowed -> ((AllowedCallers.InRole) allowed).roles().stream())
                .filter(role -> !role.equals(AllowedCallers.InRole.ANY))
                .collect(Collectors.toUnmodifiableSet());
    }
}
