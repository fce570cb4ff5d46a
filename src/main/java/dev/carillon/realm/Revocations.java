package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.dealer.Dealer;
import dev.carillon.dealer.Registration;
import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.ErrorUri;
import dev.carillon.protocol.Uri;
import dev.carillon.protocol.WampError;
import dev.carillon.security.Authorizer.Action;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Asks again for rights that sessions had when they subscribed, registered and left testaments, and takes away what they
 * have no right to any more. What cannot be decided is left. Advanced Profile, "Subscription Revocation" and
 * "Registration Revocation".
 */
final class Revocations {

    private final Rights rights;
    private final Members members;
    private final Broker broker;
    private final Dealer dealer;
    private final Testaments testaments;
    private final TurnTaking turns;

    Revocations(Rights rights, Members members, Broker broker, Dealer dealer, Testaments testaments, TurnTaking turns) {
        this.rights = rights;
        this.members = members;
        this.broker = broker;
        this.dealer = dealer;
        this.testaments = testaments;
        this.turns = turns;
    }

    /** Outside any turn: asks application code about all that these sessions have. */
    void recheck(Predicate<Session> whose) {
        List<Holdings> holdings = new ArrayList<>();
        turns.turn(() -> {
            rights.changed();
            members.all().stream().filter(whose).map(this::of).forEach(holdings::add);
            return new Deliveries();
        });
        for (Holdings each : holdings) {
            List<Revocation> lost = lost(each);
            turns.turn(each.session(), () -> {
                Deliveries deliveries = new Deliveries();
                lost.forEach(revocation -> deliveries.addAll(revocation.revoke()));
                return deliveries;
            });
        }
    }

    /** What a session has that may be taken away. */
    private record Holdings(
            Session session,
            List<Broker.Held> subscriptions,
            List<Registration> registrations,
            List<Testaments.Testament> testaments) {}

    /** Something to be done in a turn. */
    @FunctionalInterface
    private interface Revocation {
        Deliveries revoke();
    }

    /** Within a turn. */
    private Holdings of(Session session) {
        return new Holdings(
                session,
                broker.heldBy(session),
                List.copyOf(dealer.registrations().of(session)),
                testaments.of(session));
    }

    private List<Revocation> lost(Holdings holdings) {
        Session session = holdings.session();
        List<Revocation> lost = new ArrayList<>(0);
        for (Broker.Held held : holdings.subscriptions()) {
            refusal(() -> require(session, held))
                    .ifPresent(reason -> lost.add(() -> broker.revoke(session, held.id(), reason)));
        }
        for (Registration registration : holdings.registrations()) {
            refusal(() -> rights.requireAgain(session, Action.REGISTER, registration.pattern()))
                    .ifPresent(reason -> lost.add(() -> dealer.revoke(session, registration, reason)));
        }
        for (Testaments.Testament testament : holdings.testaments()) {
            UriPattern topic = new UriPattern(MatchPolicy.EXACT, testament.topic());
            refusal(() -> rights.requireAgain(session, Action.PUBLISH, topic))
                    .ifPresent(reason -> lost.add(() -> {
                        testaments.forget(session, testament);
                        return new Deliveries();
                    }));
        }
        return lost;
    }

    private void require(Session session, Broker.Held held) {
        rights.requireAgain(session, Action.SUBSCRIBE, held.pattern());
        boolean sawMore = held.pattern().policy() != MatchPolicy.EXACT && held.undeclared();
        if (sawMore && !rights.showsUndeclared(session, held.pattern())) {
            throw new WampError(ErrorUri.NOT_AUTHORIZED, "undeclared topics are not for this session any more");
        }
    }

    private static Optional<Uri> refusal(Runnable ask) {
        try {
            ask.run();
            return Optional.empty();
        } catch (WampError refused) {
            return Optional.of(refused.uri()).filter(uri -> !uri.equals(ErrorUri.AUTHORIZATION_FAILED));
        }
    }
}
