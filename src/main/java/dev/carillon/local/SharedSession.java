package dev.carillon.local;

import dev.carillon.client.Arguments;
import dev.carillon.client.CallHandler;
import dev.carillon.client.EventListener;
import dev.carillon.client.Received;
import dev.carillon.client.WampSession;
import java.util.concurrent.CompletableFuture;

/**
 * The session that all beans of the application share: the one that is open in its realm, a new one if that has ended.
 * Listeners and procedures of one that has ended are gone with it. It cannot be closed, as nobody has it alone.
 */
public final class SharedSession implements WampSession {

    private final LocalSessions sessions;
    private final String realm;

    public SharedSession(LocalSessions sessions, String realm) {
        this.sessions = sessions;
        this.realm = realm;
    }

    private WampSession open() {
        return sessions.inRealm(realm);
    }

    @Override
    public String realm() {
        return realm;
    }

    @Override
    public long id() {
        return open().id();
    }

    @Override
    public boolean isOpen() {
        return open().isOpen();
    }

    @Override
    public CompletableFuture<Subscription> subscribe(String topic, EventListener listener) {
        return open().subscribe(topic, listener);
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Object... arguments) {
        return open().publish(topic, arguments);
    }

    @Override
    public CompletableFuture<Long> publish(String topic, Arguments arguments) {
        return open().publish(topic, arguments);
    }

    @Override
    public <T> CompletableFuture<T> call(String procedure, Class<T> type, Object... arguments) {
        return open().call(procedure, type, arguments);
    }

    @Override
    public CompletableFuture<Received> call(String procedure, Arguments arguments) {
        return open().call(procedure, arguments);
    }

    @Override
    public CompletableFuture<Registration> register(String procedure, CallHandler handler) {
        return open().register(procedure, handler);
    }

    /** @throws UnsupportedOperationException always */
    @Override
    public void close() {
        throw new UnsupportedOperationException(
                "This session is the whole application's; take one of your own from LocalSessions.open(realm)");
    }
}
