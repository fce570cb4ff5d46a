package dev.carillon.dealer;

import dev.carillon.dealer.Registration.Endpoint;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriIndex;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.CloseUri;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Registered;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.Unregister;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Identity;
import dev.carillon.session.Deliveries;
import dev.carillon.session.MetaEvents;
import dev.carillon.session.Session;
import dev.carillon.session.SessionLimits;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who serves what in a realm, and the events that tell of it. All state is guarded by the realm's turn, within which every
 * method is called. Advanced Profile, "Pattern-based Registrations", "Shared Registration", "Registration Revocation",
 * "Registration Meta API".
 */
public final class Registrations {

    private static final Uri ON_CREATE = new Uri("wamp.registration.on_create");
    private static final Uri ON_REGISTER = new Uri("wamp.registration.on_register");
    private static final Uri ON_UNREGISTER = new Uri("wamp.registration.on_unregister");
    private static final Uri ON_DELETE = new Uri("wamp.registration.on_delete");

    private final InstantSource clock;
    private final MetaEvents events;
    private final int mostOfASession;
    private final UriIndex<Registration> index = new UriIndex<>();
    private final Map<RegistrationId, Registration> byId = new HashMap<>();
    private final Map<Session, Map<RegistrationId, Registration>> byCallee = new HashMap<>();
    private long last;

    /** @param mostOfASession registrations; 0 for any number */
    public Registrations(InstantSource clock, MetaEvents events, int mostOfASession) {
        this.clock = clock;
        this.events = events;
        this.mostOfASession = mostOfASession;
    }

    // --- For the meta API
    // ----------------------------------------------------------------------------------------------

    /** How many there are, however many callees share each. */
    public int size() {
        return byId.size();
    }

    /** The ids of all registrations, in ascending order; each policy is there. */
    public Map<MatchPolicy, List<RegistrationId>> list() {
        Map<MatchPolicy, List<RegistrationId>> ids = new EnumMap<>(MatchPolicy.class);
        for (MatchPolicy policy : MatchPolicy.values()) {
            ids.put(
                    policy,
                    byId.values().stream()
                            .filter(registration -> registration.pattern().policy() == policy)
                            .map(Registration::id)
                            .sorted((one, other) -> Long.compare(one.value(), other.value()))
                            .toList());
        }
        return ids;
    }

    /** The registration of this very pattern. */
    public Optional<Registration> lookup(UriPattern pattern) {
        return index.get(pattern);
    }

    /** The registration that a call of this procedure goes to. None serves what is reserved for the router. */
    public Optional<Registration> match(Uri procedure) {
        return procedure.isReserved() ? Optional.empty() : index.best(procedure);
    }

    public Optional<Registration> get(RegistrationId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** What this session serves, in the order of its registrations. */
    public List<Registration> of(Session callee) {
        return List.copyOf(byCallee.getOrDefault(callee, Map.of()).values());
    }

    // --- For the dealer
    // ------------------------------------------------------------------------------------------------

    /**
     * Answers REGISTERED, then tells of a registration that is new, and of its callee.
     *
     * @throws WampError {@code wamp.error.procedure_already_exists},
     *     {@code wamp.error.procedure_exists_with_different_invocation_policy},
     *     {@code carillon.error.too_many_registrations}
     */
    Deliveries register(Session from, RequestId request, RegisterOptions options) {
        requireFewerOf(from);
        Deliveries revoked = new Deliveries();
        Registration present = index.get(options.pattern()).orElse(null);
        if (present != null) {
            List<Session> replaced = options.force() ? replaceableBy(from, present) : List.of();
            requireRoom(from, present, options.policy(), replaced);
            replaced.forEach(callee -> revoked.addAll(revoke(callee, present, CloseUri.REPLACED)));
        }
        Deliveries told = new Deliveries();
        Registration registration = index.computeIfAbsent(options.pattern(), pattern -> create(from, options, told));
        registration.add(new Endpoint(from, options.discloseCaller(), options.forwardTimeout()));
        byCallee.computeIfAbsent(from, session -> new LinkedHashMap<>(2)).put(registration.id(), registration);
        told.addAll(tell(ON_REGISTER, from, registration));
        return revoked.add(from, new Registered(request, registration.id())).addAll(told);
    }

    private void requireFewerOf(Session session) {
        int has = byCallee.getOrDefault(session, Map.of()).size();
        if (!SessionLimits.isRoomFor(session.identity(), has, mostOfASession)) {
            throw new WampError(
                    ErrorUri.TOO_MANY_REGISTRATIONS,
                    "this session serves " + has + " procedures, and may serve no more; end some, or use a pattern");
        }
    }

    private Registration create(Session from, RegisterOptions options, Deliveries told) {
        Registration created =
                new Registration(new RegistrationId(++last), options.pattern(), options.policy(), clock.instant());
        byId.put(created.id(), created);
        told.addAll(events.publish(ON_CREATE, () -> List.of(from.id().value(), created.details())));
        return created;
    }

    private static List<Session> replaceableBy(Session from, Registration registration) {
        return registration.endpoints().stream()
                .map(Endpoint::callee)
                .filter(callee -> mayReplace(from.identity(), callee.identity()))
                .toList();
    }

    /**
     * Its own lingering sessions, and those of others if it is trusted. No user whose name is like theirs replaces the
     * application or one of its back-ends.
     */
    private static boolean mayReplace(Identity who, Identity other) {
        if (other.equals(Identity.APPLICATION)) {
            return who.equals(Identity.APPLICATION);
        }
        return who.isTrusted() || !other.isTrusted() && who.authid().equals(other.authid());
    }

    private static void requireRoom(
            Session from, Registration present, InvocationPolicy policy, List<Session> replaced) {
        if (replaced.size() == present.endpoints().size()) {
            return;
        }
        if (present.policy() != policy) {
            throw new WampError(
                    ErrorUri.DIFFERENT_INVOCATION_POLICY,
                    "this procedure is registered with 'invoke' "
                            + present.policy().wireName());
        }
        boolean isOneOfThem = present.endpointOf(from) != null && !replaced.contains(from);
        if (policy == InvocationPolicy.SINGLE || isOneOfThem) {
            throw new WampError(ErrorUri.PROCEDURE_ALREADY_EXISTS, "this procedure is registered already");
        }
    }

    /**
     * Answers UNREGISTERED, then tells.
     *
     * @throws WampError {@code wamp.error.no_such_registration} if the session has none of this id
     */
    Deliveries unregister(Session from, Unregister request) {
        Registration registration = byCallee.getOrDefault(from, Map.of()).get(request.registration());
        if (registration == null) {
            throw new WampError(
                    ErrorUri.NO_SUCH_REGISTRATION, "this session has no registration " + request.registration());
        }
        return new Deliveries().add(from, new Unregistered(request.request())).addAll(remove(from, registration));
    }

    /** Takes a registration from one of its callees, who is told if it has announced that it understands. */
    Deliveries revoke(Session callee, Registration registration, Uri reason) {
        Deliveries deliveries = new Deliveries();
        if (registration.endpointOf(callee) == null) {
            return deliveries;
        }
        if (callee.features().has("callee.registration_revocation")) {
            deliveries.add(callee, Unregistered.revoked(registration.id(), reason));
        }
        return deliveries.addAll(remove(callee, registration));
    }

    /** Forgets a session that has ended. */
    Deliveries leave(Session session) {
        Deliveries deliveries = new Deliveries();
        of(session).forEach(registration -> deliveries.addAll(remove(session, registration)));
        return deliveries;
    }

    private Deliveries remove(Session callee, Registration registration) {
        registration.remove(callee);
        Map<RegistrationId, Registration> served = byCallee.get(callee);
        served.remove(registration.id());
        if (served.isEmpty()) {
            byCallee.remove(callee);
        }
        Deliveries deliveries = tell(ON_UNREGISTER, callee, registration);
        if (registration.endpoints().isEmpty()) {
            index.remove(registration.pattern());
            byId.remove(registration.id());
            deliveries.addAll(tell(ON_DELETE, callee, registration));
        }
        return deliveries;
    }

    private Deliveries tell(Uri event, Session callee, Registration registration) {
        return events.publish(
                event, () -> List.of(callee.id().value(), registration.id().value()));
    }
}
