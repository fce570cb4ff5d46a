package dev.carillon.realm;

import dev.carillon.broker.Broker;
import dev.carillon.dealer.Dealer;
import dev.carillon.metrics.Sample;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbox;
import dev.carillon.session.Session;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How much there is in a realm now: sessions, what they hold, and what waits for them. */
final class Depths {

    private Depths() {}

    /** Outboxes are looked at behind the turn, one after the other. */
    static List<Sample> of(String realm, Members members, Broker broker, Dealer dealer, TurnTaking turns) {
        List<Session> sessions = new ArrayList<>();
        int[] held = new int[2];
        turns.turn(() -> {
            sessions.addAll(members.all());
            held[0] = broker.subscriptions().size();
            held[1] = dealer.registrations().size();
            return new Deliveries();
        });
        long messages = 0;
        long bytes = 0;
        long mostMessages = 0;
        long mostBytes = 0;
        for (Session session : sessions) {
            Outbox outbox = session.outbox();
            messages += outbox.messages();
            bytes += outbox.bytes();
            mostMessages = Math.max(mostMessages, outbox.messages());
            mostBytes = Math.max(mostBytes, outbox.bytes());
        }
        Map<String, String> labels = Map.of("realm", realm);
        return List.of(
                Sample.gauge("carillon.sessions", labels, sessions.size()),
                Sample.gauge("carillon.subscriptions", labels, held[0]),
                Sample.gauge("carillon.registrations", labels, held[1]),
                Sample.gauge("carillon.outbox.messages", labels, messages),
                Sample.gauge("carillon.outbox.bytes", labels, bytes),
                Sample.gauge("carillon.outbox.messages.max", labels, mostMessages),
                Sample.gauge("carillon.outbox.bytes.max", labels, mostBytes));
    }
}
