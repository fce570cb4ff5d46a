package dev.carillon.dealer;

import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.SessionId;
import dev.carillon.session.Session;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A procedure, or a pattern of procedures, and the sessions that serve it. Guarded by the realm's turn. */
public final class Registration {

    private final RegistrationId id;
    private final UriPattern pattern;
    private final InvocationPolicy policy;
    private final Instant created;
    private final List<Endpoint> endpoints = new ArrayList<>(1); // in the order of their registration
    private int next; // of these, if they take turns

    /**
     * What one callee wants of the router.
     *
     * @param discloseCaller whether it is to be told who calls
     * @param forwardTimeout whether it minds the timeouts itself
     */
    record Endpoint(Session callee, boolean discloseCaller, boolean forwardTimeout) {}

    Registration(RegistrationId id, UriPattern pattern, InvocationPolicy policy, Instant created) {
        this.id = id;
        this.pattern = pattern;
        this.policy = policy;
        this.created = created;
    }

    public RegistrationId id() {
        return id;
    }

    public UriPattern pattern() {
        return pattern;
    }

    public InvocationPolicy policy() {
        return policy;
    }

    /** The sessions that serve it, in the order of their registration. */
    public List<SessionId> callees() {
        return endpoints.stream().map(endpoint -> endpoint.callee.id()).toList();
    }

    /** The {@code RegistrationDetails} of the Advanced Profile, "Registration Meta API". */
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("id", id.value());
        details.put("created", created.truncatedTo(ChronoUnit.MILLIS).toString());
        details.put("uri", pattern.uri().value());
        details.put("match", pattern.policy().wireName());
        details.put("invoke", policy.wireName());
        return details;
    }

    List<Endpoint> endpoints() {
        return endpoints;
    }

    @Nullable
    Endpoint endpointOf(Session callee) {
        for (Endpoint endpoint : endpoints) {
            if (endpoint.callee == callee) {
                return endpoint;
            }
        }
        return null;
    }

    void add(Endpoint endpoint) {
        endpoints.add(endpoint);
    }

    /** Who comes next when they take turns is still next. */
    void remove(Session callee) {
        for (int i = 0; i < endpoints.size(); i++) {
            if (endpoints.get(i).callee == callee) {
                endpoints.remove(i);
                if (i < next) {
                    next--;
                }
                return;
            }
        }
    }

    /** Whom the next call goes to; empty if nobody who serves this has room. */
    Optional<Endpoint> pick(LongSupplier random, Predicate<Session> hasRoom) {
        int first = first(random);
        int step = policy == InvocationPolicy.LAST ? -1 : 1;
        for (int i = 0; i < endpoints.size(); i++) {
            int at = Math.floorMod(first + i * step, endpoints.size());
            if (hasRoom.test(endpoints.get(at).callee)) {
                next = policy == InvocationPolicy.ROUNDROBIN ? at + 1 : next;
                return Optional.of(endpoints.get(at));
            }
        }
        return Optional.empty();
    }

    private int first(LongSupplier random) {
        return switch (policy) {
            case SINGLE, FIRST -> 0;
            case LAST -> endpoints.size() - 1;
            case ROUNDROBIN -> next;
            case RANDOM -> endpoints.size() == 1 ? 0 : (int) Math.floorMod(random.getAsLong(), (long) endpoints.size());
        };
    }
}
