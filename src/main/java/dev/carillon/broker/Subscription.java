package dev.carillon.broker;

import dev.carillon.protocol.SubscriptionId;
import dev.carillon.protocol.Uri;
import dev.carillon.session.Session;
import java.util.LinkedHashSet;
import java.util.Set;

/** A topic's subscribers, who share its id. Guarded by the realm's turn. */
final class Subscription {

    final SubscriptionId id;
    final Uri topic;
    final Set<Session> subscribers = new LinkedHashSet<>();

    Subscription(SubscriptionId id, Uri topic) {
        this.id = id;
        this.topic = topic;
    }
}
