package dev.carillon.realm;

import dev.carillon.dealer.Dealer;
import dev.carillon.dealer.Registration;
import dev.carillon.dealer.Registrations;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.security.Identity;
import dev.carillon.session.Session;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Advanced Profile, "Registration Meta API"; {@code remove_callee} as Crossbar has it. What the router itself serves is
 * not among the registrations.
 */
final class RegistrationMeta {

    private final Dealer dealer;
    private final Registrations registrations;
    private final Members members;

    private RegistrationMeta(Dealer dealer, Members members) {
        this.dealer = dealer;
        this.registrations = dealer.registrations();
        this.members = members;
    }

    static void addTo(MetaApi api, Dealer dealer, Members members) {
        RegistrationMeta meta = new RegistrationMeta(dealer, members);
        api.add("wamp.registration.list", (caller, arguments) -> () -> Answer.of(meta.list()));
        api.add("wamp.registration.lookup", meta::lookup);
        api.add("wamp.registration.match", meta::match);
        api.add("wamp.registration.get", meta.byId(Registration::details));
        api.add("wamp.registration.list_callees", meta.byId(RegistrationMeta::callees));
        api.add(
                "wamp.registration.count_callees",
                meta.byId(registration -> registration.callees().size()));
        api.add("wamp.registration.remove_callee", meta::remove);
    }

    private Map<String, List<Long>> list() {
        Map<String, List<Long>> ids = new LinkedHashMap<>();
        registrations
                .list()
                .forEach((policy, some) -> ids.put(
                        policy.wireName(),
                        some.stream().map(RegistrationId::value).toList()));
        return ids;
    }

    private Supplier<Answer> lookup(Session caller, MetaArguments arguments) {
        UriPattern pattern = new UriPattern(arguments.match(1), arguments.uri(0, "procedure"));
        return () -> Answer.of(id(registrations.lookup(pattern)));
    }

    private Supplier<Answer> match(Session caller, MetaArguments arguments) {
        Uri procedure = arguments.uri(0, "procedure");
        return () -> Answer.of(id(registrations.match(procedure)));
    }

    private static @Nullable Long id(Optional<Registration> registration) {
        return registration.map(found -> found.id().value()).orElse(null);
    }

    private MetaProcedure byId(Function<Registration, Object> what) {
        return (caller, arguments) -> {
            RegistrationId id = new RegistrationId(arguments.id(0, "registration"));
            return () -> Answer.of(what.apply(get(id)));
        };
    }

    /**
     * Arguments: the registration's id, the session's id; {@code reason}, a URI. What the application itself serves is not
     * for others to end.
     */
    private Supplier<Answer> remove(Session caller, MetaArguments arguments) {
        RegistrationId id = new RegistrationId(arguments.id(0, "registration"));
        long session = arguments.id(1, "session");
        Uri reason = arguments.reason(ErrorUri.NOT_AUTHORIZED);
        return () -> {
            Registration registration = get(id);
            Session callee = members.get(session);
            if (!registration.callees().contains(new SessionId(session))
                    || callee.identity().equals(Identity.APPLICATION)) {
                throw new WampError(ErrorUri.NO_SUCH_SESSION, "session " + session + " does not serve this");
            }
            return new Answer(Payload.NONE, dealer.revoke(callee, registration, reason));
        };
    }

    private static List<Long> callees(Registration registration) {
        return registration.callees().stream().map(SessionId::value).toList();
    }

    private Registration get(RegistrationId id) {
        return registrations
                .get(id)
                .orElseThrow(() -> new WampError(ErrorUri.NO_SUCH_REGISTRATION, "there is no registration " + id));
    }
}
