package dev.carillon.it.faces;

import dev.carillon.client.WampSession;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Adds to the cabinet in a transaction, and comes back when all who listen have been told. */
@ApplicationScoped
public class Filing {

    private static final long PATIENCE_SECONDS = 20;

    private final WampSession session;
    private final Cabinet cabinet;

    @Inject
    Filing(WampSession session, Cabinet cabinet) {
        this.session = session;
        this.cabinet = cabinet;
    }

    Filing() {
        this(null, null); // for the client proxy only
    }

    void addAndAwaitThatItIsTold(String topic, String text) {
        CompletableFuture<Void> told = new CompletableFuture<>();
        WampSession.Subscription listening =
                session.subscribe(topic, event -> told.complete(null)).join();
        cabinet.add(topic, text);
        told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        listening.unsubscribe().join();
    }

    List<String> of(String topic) {
        return cabinet.of(topic);
    }
}
