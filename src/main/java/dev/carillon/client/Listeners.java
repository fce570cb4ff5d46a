package dev.carillon.client;

import static java.lang.System.Logger.Level.DEBUG;
import static java.lang.System.Logger.Level.ERROR;

import dev.carillon.protocol.Event;
import dev.carillon.protocol.SubscriptionId;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Who listens to what in one session. The router knows one subscription for a topic, however many listeners there are, so
 * only the last of them may end it, and not while another one is asked for. Safe for use by many threads.
 */
final class Listeners {

    private static final System.Logger LOG = System.getLogger(Listeners.class.getName());

    private final Mapping mapping;
    private final Executor inOrder;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    private final Map<String, Topic> byUri = new HashMap<>(); // guarded by this, as what follows
    private final Map<SubscriptionId, Topic> byId = new HashMap<>();

    /** @param maxWaiting how many events may wait to be heard */
    Listeners(Mapping mapping, Executor inOrder, int maxWaiting) {
        this.mapping = mapping;
        this.inOrder = inOrder;
        this.maxWaiting = maxWaiting;
    }

    /** A topic with at least one listener, or one that is asked for. */
    static final class Topic {
        private final String key;
        final String uri;
        final List<Listener> listeners = new CopyOnWriteArrayList<>();
        private int askedFor; // guarded by Listeners.this
        private @Nullable SubscriptionId id; // guarded by Listeners.this

        private Topic(String key, String uri) {
            this.key = key;
            this.uri = uri;
        }
    }

    /** One that may have been removed since an event was kept for it. */
    static final class Listener {
        final EventListener application;
        private final Consumer<String> revoked;
        volatile boolean active = true;

        /** @param revoked takes the reason why the router has ended the subscription */
        Listener(EventListener application, Consumer<String> revoked) {
            this.application = application;
            this.revoked = revoked;
        }
    }

    /** @param match the name of the policy by which the URI is meant */
    synchronized Topic askFor(String uri, String match) {
        Topic topic = byUri.computeIfAbsent(match + ' ' + uri, key -> new Topic(key, uri));
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

    /** Keeps an event until the listeners have time. @return false if too many wait already */
    boolean heard(Event event) {
        Topic topic = of(event.subscription());
        if (topic == null) {
            return true; // it was on its way when the last listener was removed
        }
        if (waiting.incrementAndGet() > maxWaiting) {
            return false;
        }
        Iterator<Listener> present = topic.listeners.iterator(); // who comes now is not told what was before
        try {
            inOrder.execute(() -> tell(topic, present, event));
        } catch (RejectedExecutionException stopping) {
            waiting.decrementAndGet();
        }
        return true;
    }

    private void tell(Topic topic, Iterator<Listener> present, Event event) {
        waiting.decrementAndGet();
        Received arguments = mapping.read(event.payload());
        String uri = event.details().string("topic").orElse(topic.uri);
        while (present.hasNext()) {
            Listener listener = present.next();
            try {
                if (listener.active) {
                    listener.application.heard(new EventListener.ReceivedEvent(
                            uri, event.publication().value(), arguments, event.details()));
                }
            } catch (Exception failure) {
                LOG.log(ERROR, "CAR-502 a listener of " + uri + " failed; it hears the next event", failure);
            }
        }
    }

    /** The router has ended the subscription; behind what came before, its listeners hear why. */
    void revoked(SubscriptionId id, String reason) {
        List<Listener> listeners;
        synchronized (this) {
            Topic topic = byId.remove(id);
            if (topic == null) {
                return;
            }
            listeners = List.copyOf(topic.listeners);
            topic.listeners.clear();
            topic.id = null;
            forgetIfUnused(topic);
        }
        try {
            inOrder.execute(() -> listeners.forEach(listener -> listener.revoked.accept(reason)));
        } catch (RejectedExecutionException stopping) {
            LOG.log(DEBUG, "nobody is told of a revocation: the application is stopping");
        }
    }

    private synchronized @Nullable Topic of(SubscriptionId id) {
        return byId.get(id);
    }

    private @Nullable SubscriptionId forgetIfUnused(Topic topic) {
        if (topic.askedFor > 0 || !topic.listeners.isEmpty()) {
            return null;
        }
        byUri.remove(topic.key);
        if (topic.id != null) {
            byId.remove(topic.id);
        }
        return topic.id;
    }
}
