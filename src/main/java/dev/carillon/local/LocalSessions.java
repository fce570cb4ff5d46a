package dev.carillon.local;

import dev.carillon.client.ClientSession;
import dev.carillon.client.JsonbMapping;
import dev.carillon.client.Mapping;
import dev.carillon.client.SessionClosed;
import dev.carillon.client.WampSession;
import dev.carillon.executor.OrderedExecutor;
import dev.carillon.router.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The application's own sessions, whose identity is {@link dev.carillon.security.Identity#APPLICATION}. They end with the
 * application. Safe for use by many threads.
 */
public final class LocalSessions {

    private final Router router;
    private final Executor threads;
    private final Executor inContext;
    private final Consumer<Runnable> inRequestContext;
    private final int maxWaitingEvents;
    private final Mapping mapping = new JsonbMapping();

    private final Map<String, WampSession> shared = new HashMap<>(); // guarded by this, as what follows
    private final List<WampSession> all = new ArrayList<>();
    private boolean closed;

    /**
     * @param threads where listeners, procedures and what depends on futures run
     * @param inRequestContext runs a task with a CDI request context of its own
     * @param maxWaitingEvents how many events may wait for the listeners of one session, before it ends
     */
    public LocalSessions(Router router, Executor threads, Consumer<Runnable> inRequestContext, int maxWaitingEvents) {
        this.router = router;
        this.threads = threads;
        this.inContext = task -> threads.execute(() -> inRequestContext.accept(task));
        this.inRequestContext = inRequestContext;
        this.maxWaitingEvents = maxWaitingEvents;
    }

    /**
     * The application's session in a realm, the same at each call; a new one if it has ended meanwhile.
     *
     * @throws SessionClosed if there is no such realm, or the application is stopping
     */
    public synchronized WampSession inRealm(String realm) {
        WampSession known = shared.get(realm);
        if (known == null || !known.isOpen()) {
            known = open(realm);
            shared.put(realm, known);
        }
        return known;
    }

    /**
     * A session that nobody else has; close it when you are done.
     *
     * @throws SessionClosed as above
     */
    public synchronized WampSession open(String realm) {
        if (closed) {
            throw new SessionClosed("the application is stopping");
        }
        LocalTransport transport = new LocalTransport(router);
        OrderedExecutor ordered = new OrderedExecutor(threads);
        ClientSession session = new ClientSession(
                realm,
                transport,
                mapping,
                inContext,
                task -> ordered.execute(() -> inRequestContext.accept(task)),
                maxWaitingEvents);
        transport.attach(session);
        try {
            session.open().join(); // the router has answered before HELLO returns
        } catch (CompletionException refused) {
            throw refused.getCause() instanceof SessionClosed closedAtOnce ? closedAtOnce : refused;
        }
        all.removeIf(ended -> !ended.isOpen());
        all.add(session);
        return session;
    }

    /** Ends all sessions, and lets no new one begin. */
    public void close() {
        List<WampSession> toClose;
        synchronized (this) {
            closed = true;
            toClose = List.copyOf(all);
        }
        toClose.forEach(WampSession::close);
    }
}
