package dev.carillon.realm;

import dev.carillon.broker.Publication;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.realm.MetaProcedure.Answer;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What sessions want to have published when they have ended. Guarded by the realm's turn. Whoever adds one must be allowed
 * to publish it, there and then. Advanced Profile, "Session Testament".
 */
final class Testaments {

    /** Of one session. */
    private static final int MOST = 20;

    private static final String DETACHED = "detached";
    private static final String DESTROYED = "destroyed";

    private final PubSubRequests requests;
    private final Map<Session, List<Testament>> bySession = new HashMap<>();

    /** @param publication asks the topic's handler, and so is for outside a turn */
    record Testament(String scope, Uri topic, Supplier<Publication> publication) {}

    Testaments(PubSubRequests requests) {
        this.requests = requests;
    }

    void addTo(MetaApi api) {
        api.addWithRightsOfItsOwn("wamp.session.add_testament", this::add);
        api.addWithRightsOfItsOwn("wamp.session.flush_testaments", this::flush);
    }

    /** Those of a session that has ended, in the order in which they are published; there are none any more. */
    List<Supplier<Publication>> take(Session session) {
        List<Testament> all = bySession.remove(session);
        if (all == null) {
            return List.of();
        }
        return Stream.of(DETACHED, DESTROYED) // sessions are not resumed here: one follows the other
                .flatMap(scope -> all.stream().filter(one -> one.scope().equals(scope)))
                .map(Testament::publication)
                .toList();
    }

    /** Those of a session that lives. */
    List<Testament> of(Session session) {
        return List.copyOf(bySession.getOrDefault(session, List.of()));
    }

    /** Does nothing if it is not there any more. */
    void forget(Session session, Testament testament) {
        bySession.getOrDefault(session, new ArrayList<>()).remove(testament);
    }

    private Supplier<Answer> add(Session caller, MetaArguments arguments) {
        Uri topic = arguments.uri(0, "topic");
        Map<String, Object> named =
                new LinkedHashMap<>(arguments.dict(2, "kwargs").entries());
        Payload payload = new Payload.Values(arguments.list(1, "args"), named);
        Dict options = arguments.keyword().dict("publish_options").orElse(Dict.EMPTY);
        requests.requireRate(caller);
        Testament testament = new Testament(
                scope(arguments), topic, requests.later(caller, topic, payload, requests.options(caller, options)));
        return () -> {
            List<Testament> own = bySession.computeIfAbsent(caller, session -> new ArrayList<>());
            if (own.size() == MOST) {
                throw new WampError(ErrorUri.INVALID_ARGUMENT, "a session has " + MOST + " testaments at most");
            }
            own.add(testament);
            return Answer.none();
        };
    }

    private Supplier<Answer> flush(Session caller, MetaArguments arguments) {
        String scope = scope(arguments);
        return () -> {
            bySession
                    .getOrDefault(caller, new ArrayList<>())
                    .removeIf(testament -> testament.scope().equals(scope));
            return Answer.none();
        };
    }

    private static String scope(MetaArguments arguments) {
        String scope = arguments.keyword().string("scope").orElse(DESTROYED);
        if (!scope.equals(DESTROYED) && !scope.equals(DETACHED)) {
            throw new WampError(ErrorUri.INVALID_ARGUMENT, "'scope' must be 'destroyed' or 'detached'");
        }
        return scope;
    }
}
