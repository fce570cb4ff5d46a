package dev.carillon.client;

import dev.carillon.protocol.SubscriptionId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to what in one session. The router knows one subscription for a topic, however many listeners there are, so
 * only the last of them may end it, and not while another one is asked for. Safe for use by many threads.
 */
final class Listeners {

    private final Map<String, Topic> byUri = new HashMap<>(); // guarded by this, as what follows
    private final Map<SubscriptionId, Topic> byId = new HashMap<>();

    /** A topic with at least one listener, or one that is asked for. */
    static final class Topic {
        final String uri;
        final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private int askedFor; // guarded by Listeners.this
        private @Nullable SubscriptionId id; // guarded by Listeners.this

        private Topic(String uri) {
            this.uri = uri;
        }
    }

    /** One that may have been removed since an event was kept for it. */
    static final class Listener {
        final EventListener application;
        volatile boolean active = true;

        Listener(EventListener application) {
            this.application = application;
        }
    }

    synchronized Topic askFor(String uri) {
        Topic topic = byUri.computeIfAbsent(uri, Topic::new);
        topic.askedFor++;
        return topic;
    }

    synchronized void granted(Topic topic, SubscriptionId id, Listener listener) {
        topic.askedFor--;
        topic.id = id;
        topic.listeners.add(listener);
        byId.put(id, topic);
    }

    synchronized void refused(Topic topic) {
        topic.askedFor--;
        forgetIfUnused(topic);
    }

    /** @return the subscription to end; null if others listen, or are about to */
    synchronized @Nullable SubscriptionId remove(Topic topic, Listener listener) {
        listener.active = false;
        return topic.listeners.remove(listener) ? forgetIfUnused(topic) : null;
    }

    /** Null if nobody listens any more. */
    synchronized @Nullable Topic of(SubscriptionId id) {
        return byId.get(id);
    }

    private @Nullable SubscriptionId forgetIfUnused(Topic topic) {
        if (topic.askedFor > 0 || !topic.listeners.isEmpty()) {
            return null;
        }
        byUri.remove(topic.uri);
        if (topic.id != null) {
            byId.remove(topic.id);
        }
        return topic.id;
    }
}
