package dev.carillon.broker;

import dev.carillon.matching.MatchPolicy;
import dev.carillon.matching.UriPattern;
import dev.carillon.protocol.Dict;
import dev.carillon.protocol.Event;
import dev.carillon.protocol.Payload;
import dev.carillon.protocol.PublicationId;
import dev.carillon.protocol.Uri;
import dev.carillon.security.Identity;
import dev.carillon.session.Alarms;
import dev.carillon.session.Deliveries;
import dev.carillon.session.Outbound;
import dev.carillon.session.Session;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Who subscribes to a topic, by user: somebody with three tabs is there once. Whoever subscribes to
 * {@code carillon.presence.TOPIC} is sent {@code {"users": [...]}} first, and then {@code {"joined": "bob"}} and
 * {@code {"left": "bob"}}, each as the one positional argument.
 *
 * <p>Somebody who leaves is there for a little longer: a page that is loaded again, or has lost its connection for a
 * moment, does not come and go. Visitors, back-ends and the application itself are nobody, and so is whoever subscribes
 * to a pattern, or only watches.
 *
 * <p>Guarded by the realm's turn.
 */
final class PresentUsers {

    private static final String PREFIX = "carillon.presence.";

    private final Subscriptions subscriptions;
    private final LongSupplier ids;
    private final Alarms alarms;
    private final Duration grace;
    private final Map<Uri, Watched> byTopic = new HashMap<>(); // those that somebody watches

    /** @param grace how long somebody is still there who has left */
    PresentUsers(Subscriptions subscriptions, LongSupplier ids, Alarms alarms, Duration grace) {
        this.subscriptions = subscriptions;
        this.ids = ids;
        this.alarms = alarms;
        this.grace = grace;
    }

    /** The users of one topic. */
    private static final class Watched {
        final Map<String, Integer> sessions = new HashMap<>(); // by user; 1 or more
        final Map<String, Departure> leaving = new HashMap<>(); // by user; none of those above

        Set<String> users() {
            Set<String> users = new TreeSet<>(sessions.keySet());
            users.addAll(leaving.keySet());
            return users;
        }
    }

    /** Somebody has left, and will be gone when the alarm goes off. */
    private static final class Departure {
        Runnable callOff = () -> {};
    }

    /** The topic of which this one tells who is there; empty if it is another topic. */
    static Optional<Uri> watchedBy(Uri topic) {
        return topic.value().startsWith(PREFIX)
                ? Optional.of(new Uri(topic.value().substring(PREFIX.length())))
                : Optional.empty();
    }

    /** The users who subscribe to the topic. */
    Set<String> users(Uri topic) {
        Watched watched = byTopic.get(topic);
        return watched != null ? watched.users() : new TreeSet<>(count(topic).keySet());
    }

    /** Behind SUBSCRIBED. @param isNew whether the session was not yet in the subscription */
    Deliveries subscribed(Subscription subscription, Session session, boolean isNew) {
        if (subscription.pattern.policy() != MatchPolicy.EXACT) {
            return new Deliveries();
        }
        Optional<Uri> topic = watchedBy(subscription.pattern.uri());
        if (topic.isPresent()) {
            Watched watched = byTopic.computeIfAbsent(topic.get(), this::watch);
            return new Deliveries().add(session, event(subscription, Map.of("users", List.copyOf(watched.users()))));
        }
        return isNew && isUser(session)
                ? joined(subscription.pattern.uri(), session.identity().authid())
                : new Deliveries();
    }

    /** A session's part in the subscription has ended, and perhaps the subscription with it. */
    void ended(Subscription subscription, Session session) {
        if (subscription.pattern.policy() != MatchPolicy.EXACT) {
            return;
        }
        Uri uri = subscription.pattern.uri();
        Optional<Uri> topic = watchedBy(uri);
        if (topic.isPresent() && subscription.members.isEmpty()) {
            Watched unwatched = byTopic.remove(topic.get());
            unwatched.leaving.values().forEach(departure -> departure.callOff.run());
        } else if (topic.isEmpty() && isUser(session)) {
            left(uri, session.identity().authid());
        }
    }

    private Deliveries joined(Uri topic, String user) {
        Watched watched = byTopic.get(topic);
        if (watched == null || watched.sessions.merge(user, 1, Integer::sum) > 1) {
            return new Deliveries();
        }
        Departure departure = watched.leaving.remove(user);
        if (departure != null) {
            departure.callOff.run();
            return new Deliveries();
        }
        return tell(topic, Map.of("joined", user));
    }

    private void left(Uri topic, String user) {
        Watched watched = byTopic.get(topic);
        if (watched != null && watched.sessions.merge(user, -1, Integer::sum) == 0) {
            watched.sessions.remove(user);
            Departure departure = new Departure();
            watched.leaving.put(user, departure);
            departure.callOff = alarms.after(grace, () -> gone(topic, watched, user, departure));
        }
    }

    /** An alarm that was called off too late finds the user back, or away for another time, or nobody watching. */
    private Deliveries gone(Uri topic, Watched watched, String user, Departure departure) {
        boolean isGone = byTopic.get(topic) == watched && watched.leaving.remove(user, departure);
        return isGone ? tell(topic, Map.of("left", user)) : new Deliveries();
    }

    private Deliveries tell(Uri topic, Map<String, ?> change) {
        Deliveries deliveries = new Deliveries();
        subscriptions.find(exact(new Uri(PREFIX + topic.value()))).ifPresent(watching -> {
            Outbound event = event(watching, change);
            watching.members.keySet().forEach(session -> deliveries.add(session, event));
        });
        return deliveries;
    }

    private Outbound event(Subscription watching, Map<String, ?> what) {
        PublicationId id = new PublicationId(ids.getAsLong());
        return new Outbound(new Event(watching.id, id, Dict.EMPTY, Payload.of(what)));
    }

    private Watched watch(Uri topic) {
        Watched watched = new Watched();
        watched.sessions.putAll(count(topic));
        return watched;
    }

    private Map<String, Integer> count(Uri topic) {
        Map<String, Integer> sessions = new TreeMap<>();
        if (watchedBy(topic).isPresent()) {
            return sessions;
        }
        subscriptions
                .find(exact(topic))
                .ifPresent(subscription -> subscription.members.keySet().stream()
                        .filter(PresentUsers::isUser)
                        .forEach(session -> sessions.merge(session.identity().authid(), 1, Integer::sum)));
        return sessions;
    }

    private static UriPattern exact(Uri topic) {
        return new UriPattern(MatchPolicy.EXACT, topic);
    }

    private static boolean isUser(Session session) {
        Identity who = session.identity();
        return !who.isVisitor() && !who.isTrusted();
    }
}
