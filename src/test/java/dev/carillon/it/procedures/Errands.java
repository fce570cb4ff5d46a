package dev.carillon.it.procedures;

import dev.carillon.client.RequestFailed;
import dev.carillon.client.WampSession;
import dev.carillon.local.LocalSessions;
import dev.carillon.procedure.Caller;
import dev.carillon.procedure.Procedure;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an application does with a session of its own, told to do so by its procedures. */
@ApplicationScoped
public class Errands {

    private static final long PATIENCE_SECONDS = 20;

    private final WampSession session;
    private final LocalSessions sessions;
    private final Caller caller;
    private final Visit visit;
    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

    @Inject
    Errands(WampSession session, LocalSessions sessions, Caller caller, Visit visit) {
        this.session = session;
        this.sessions = sessions;
        this.caller = caller;
        this.visit = visit;
    }

    Errands() {
        this(null, null, null, null); // for the client proxy only
    }

    /** Waits for the answer. */
    @Procedure("errands.ask")
    public String ask(String procedure, String question) {
        return session.call(procedure, String.class, question)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Leaves no thread waiting. */
    @Procedure("errands.ask_later")
    public CompletionStage<String> askLater(String procedure, String question) {
        return session.call(procedure, String.class, question)
                .exceptionally(failure -> "failed: " + ((RequestFailed) failure).error());
    }

    @Procedure("errands.publish")
    public long publish(String topic, String text) {
        return session.publish(topic, text)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    @Procedure("errands.publish_elsewhere")
    public long publishElsewhere(String realm, String topic, String text) {
        return sessions.inRealm(realm)
                .publish(topic, text)
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    /** Listens with the session itself, from within a listener, and asks whether there is a caller. */
    @Procedure("errands.listen")
    public void listen(String topic) {
        session.subscribe(
                        topic,
                        event -> heard.add(
                                event.payload(String.class) + " on visit " + visit.count() + ", " + callerIfAny()))
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private String callerIfAny() {
        try {
            return "called by " + caller.name();
        } catch (IllegalStateException none) {
            return "not called";
        }
    }

    @Procedure("errands.heard")
    public String heard() throws InterruptedException {
        return heard.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    /** Tells that it has begun, and never ends by itself. */
    @Procedure(value = "errands.wait", interruptible = true)
    public void waitForEver() throws InterruptedException {
        caller.progress("begun");
        Thread.sleep(TimeUnit.HOURS.toMillis(1));
    }

    /** Serves a procedure without an annotation. */
    @Procedure("errands.serve")
    public CompletableFuture<Void> serve(String procedure) {
        return session.register(
                        procedure, call -> List.of(procedure, call.arguments().size()))
                .thenAccept(registration -> {});
    }
}
