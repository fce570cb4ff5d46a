package dev.carillon.dealer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Features;
import dev.carillon.protocol.Message;
import dev.carillon.protocol.Register;
import dev.carillon.protocol.RegistrationId;
import dev.carillon.protocol.RequestId;
import dev.carillon.protocol.SessionId;
import dev.carillon.protocol.Unregistered;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Handshake;
import dev.carillon.security.Identity;
import dev.carillon.serializer.Frame;
import dev.carillon.serializer.Serializer;
import dev.carillon.session.CloseReason;
import dev.carillon.session.Deliveries;
import dev.carillon.session.MetaEvents;
import dev.carillon.session.OutboxLimits;
import dev.carillon.session.Receiver;
import dev.carillon.session.Session;
import dev.carillon.session.Transport;
import dev.carillon.support.HandMovedClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the meta API asks, and what administrators do. */
class RegistrationsTest {

    private final Registrations registrations = new Registrations(new HandMovedClock(), MetaEvents.NONE, 0);
    private final Session alice = session(1, "callee.registration_revocation");
    private final Session bob = session(2);

    RegistrationsTest() {
        register(alice, "exact", "first", "a.b");
        register(bob, "exact", "first", "a.b");
        register(alice, "prefix", "single", "a.");
        register(bob, "wildcard", "single", "a..c");
        register(bob, "exact", "single", "b");
    }

    private static Session session(long id, String... features) {
        Session session = new Session(
                new Nowhere(), Serializer.of("wamp.2.json").orElseThrow(), Handshake.UNKNOWN, OutboxLimits.DEFAULT);
        session.establish(new SessionId(id), Identity.ANONYMOUS, new Features(Set.of(features)), new Nobody());
        return session;
    }

    private void register(Session callee, String match, String invoke, String procedure) {
        Register request =
                new Register(new RequestId(1), new Dict(Map.of("match", match, "invoke", invoke)), new Uri(procedure));
        registrations.register(callee, request.request(), RegisterOptions.of(request));
    }

    private RegistrationId lookup(MatchPolicy policy, String uri) {
        return registrations
                .lookup(new UriPattern(policy, new Uri(uri)))
                .map(Registration::id)
                .orElse(null);
    }

    private RegistrationId match(String uri) {
        return registrations.match(new Uri(uri)).map(Registration::id).orElse(null);
    }

    private static RegistrationId id(long value) {
        return new RegistrationId(value);
    }

    @Test
    void theyAreListedByPolicy() {
        assertThat(registrations.list())
                .isEqualTo(Map.of(
                        MatchPolicy.EXACT, List.of(id(1), id(4)),
                        MatchPolicy.PREFIX, List.of(id(2)),
                        MatchPolicy.WILDCARD, List.of(id(3))));
    }

    @Test
    void oneIsFoundByItsPatternAndByWhatItMatches() {
        assertThat(lookup(MatchPolicy.EXACT, "a.b")).isEqualTo(id(1));
        assertThat(lookup(MatchPolicy.PREFIX, "a.")).isEqualTo(id(2));
        assertThat(lookup(MatchPolicy.PREFIX, "a.b")).isNull();
        assertThat(match("a.b")).isEqualTo(id(1));
        assertThat(match("a.x.c")).isEqualTo(id(2));
        assertThat(match("c")).isNull();
        assertThat(match("wamp.session.count")).isNull();
    }

    @Test
    void oneTellsItsDetailsAndItsCallees() {
        Registration shared = registrations.get(id(1)).orElseThrow();
        assertThat(shared.callees()).containsExactly(new SessionId(1), new SessionId(2));
        assertThat(shared.details())
                .isEqualTo(Map.of(
                        "id",
                        1L,
                        "created",
                        "2026-11-21T10:00:00Z",
                        "uri",
                        "a.b",
                        "match",
                        "exact",
                        "invoke",
                        "first"));
        assertThat(registrations.get(id(9))).isEmpty();
        assertThat(registrations.of(alice)).extracting(Registration::id).containsExactly(id(1), id(2));
    }

    @Test
    void oneIsTakenFromACalleeAndTheOthersKeepIt() {
        Registration shared = registrations.get(id(1)).orElseThrow();
        assertThat(messages(registrations.revoke(alice, shared, new Uri("app.reason"))))
                .containsExactly(Unregistered.revoked(id(1), new Uri("app.reason")));
        assertThat(shared.callees()).containsExactly(new SessionId(2));
        assertThat(messages(registrations.revoke(alice, shared, new Uri("app.reason"))))
                .isEmpty();
        assertThat(messages(registrations.revoke(bob, shared, new Uri("app.reason"))))
                .isEmpty();
        assertThat(registrations.get(id(1))).isEmpty();
        assertThat(match("a.b")).isEqualTo(id(2));
    }

    private static List<Message> messages(Deliveries deliveries) {
        List<Message> messages = new ArrayList<>();
        deliveries.forEach((session, outbound) -> messages.add(outbound.message()));
        return messages;
    }

    private static final class Nowhere implements Transport {
        @Override
        public void send(List<Frame> frames, Completion whenDone) {}

        @Override
        public void close(CloseReason reason) {}
    }

    private static final class Nobody implements Receiver {
        @Override
        public void receive(Session from, Message message) {}

        @Override
        public void leave(Session session, String reason) {}
    }
}
