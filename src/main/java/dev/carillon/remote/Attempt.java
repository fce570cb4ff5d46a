package dev.carillon.remote;

import dev.carillon.client.ClientSession;
import dev.carillon.client.SessionClosed;
import dev.carillon.protocol.Message;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One connection and its session, from the first byte to the last; it never comes back. */
final class Attempt implements Dialer.Peer {

    /** This many intervals without a sign of life are an outage. */
    private static final int MISSED_PINGS = 3;

    private final ConnectionSettings settings;
    private final Surroundings surroundings;
    private final BiConsumer<Attempt, ClientSession> whenOpen;
    private final BiConsumer<Attempt, SessionClosed> whenEnded;
    private final CompletableFuture<ClientSession> opened = new CompletableFuture<>();

    // all guarded by this
    private @Nullable ClientSession session; // null before there is a connection
    private Dialer.@Nullable Link link;
    private @Nullable SessionClosed over;
    private Runnable forgetTimer = () -> {};

    private volatile int silentFor; // intervals

    Attempt(
            ConnectionSettings settings,
            Surroundings surroundings,
            BiConsumer<Attempt, ClientSession> whenOpen,
            BiConsumer<Attempt, SessionClosed> whenEnded) {
        this.settings = settings;
        this.surroundings = surroundings;
        this.whenOpen = whenOpen;
        this.whenEnded = whenEnded;
    }

    CompletableFuture<ClientSession> opened() {
        return opened;
    }

    /** On another thread: connecting takes its time. */
    void dial() {
        synchronized (this) {
            if (over != null) {
                return;
            }
            forgetTimer = surroundings.timers().after(settings.connectTimeout(), this::takesTooLong);
        }
        try {
            surroundings.threads().execute(this::open);
        } catch (RejectedExecutionException busy) {
            end(new SessionClosed("there is no thread to connect on"));
        }
    }

    private void open() {
        try {
            String ticket = surroundings.credentials().ticket(); // before there is a connection that waits for it
            Dialer.Link connected = surroundings.dialer().dial(this);
            ClientSession engine = surroundings.session(settings.realm(), connected);
            synchronized (this) {
                link = connected;
                session = engine;
            }
            if (isOver()) {
                connected.close();
                return;
            }
            engine.ended().thenAccept(this::end);
            engine.open(surroundings.credentials().details(), () -> ticket).thenAccept(open -> isOpen(engine));
        } catch (IOException | RuntimeException failure) {
            end(new SessionClosed(String.valueOf(failure.getMessage())));
        }
    }

    private void isOpen(ClientSession engine) {
        synchronized (this) {
            if (over != null) {
                return;
            }
            forgetTimer.run();
            forgetTimer = surroundings.timers().after(settings.pingInterval(), this::ping);
        }
        whenOpen.accept(this, engine);
        opened.complete(engine);
    }

    private void takesTooLong() {
        end(new SessionClosed("no session within " + settings.connectTimeout().toMillis() + " ms"));
    }

    private void ping() {
        Dialer.Link asked;
        synchronized (this) {
            if (over != null) {
                return;
            }
            asked = link;
            forgetTimer = surroundings.timers().after(settings.pingInterval(), this::ping);
        }
        if (++silentFor > MISSED_PINGS) {
            end(new SessionClosed("the router has given no sign of life for too long"));
        } else {
            asked.ping();
        }
    }

    private synchronized boolean isOver() {
        return over != null;
    }

    /** The client wants to go. */
    void leave(SessionClosed why) {
        ClientSession engine;
        synchronized (this) {
            over = over == null ? why : over;
            forgetTimer.run();
            engine = session;
        }
        opened.completeExceptionally(why);
        if (engine != null) {
            engine.close();
        }
    }

    private void end(SessionClosed why) {
        Dialer.Link toClose;
        ClientSession engine;
        synchronized (this) {
            if (over != null) {
                return;
            }
            over = why;
            forgetTimer.run();
            toClose = link;
            engine = session;
        }
        whenEnded.accept(this, why); // first, so that whoever hears of it and asks again finds what is true now
        opened.completeExceptionally(why);
        if (engine != null) {
            engine.disconnected(String.valueOf(why.getMessage()));
        }
        if (toClose != null) {
            close(toClose, why);
        }
    }

    /** A router that says why it ends the session has still our answer to come. */
    private static void close(Dialer.Link link, SessionClosed why) {
        if (why.reason().isPresent()) {
            link.close();
        } else {
            link.abandon();
        }
    }

    // --- What comes in ---------------------------------------------------------------------------------------------

    @Override
    public void received(Message message) {
        silentFor = 0;
        ClientSession engine;
        synchronized (this) {
            engine = session;
        }
        if (engine != null) {
            engine.receive(message);
        }
    }

    @Override
    public void alive() {
        silentFor = 0;
    }

    @Override
    public void disconnected(String why) {
        end(new SessionClosed(why));
    }
}
