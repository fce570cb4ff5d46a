package dev.carillon.it.revocation;

import dev.carillon.client.WampSession;
import dev.carillon.notification.Notification;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Rings outside of any transaction. When it has been heard, all that was handed over before has been done. */
@ApplicationScoped
public class Bell {

    private static final long PATIENCE_SECONDS = 20;

    private final WampSession session;
    private final Event<Notification> notifications;

    @Inject
    Bell(WampSession session, Event<Notification> notifications) {
        this.session = session;
        this.notifications = notifications;
    }

    Bell() {
        this(null, null); // for the client proxy only
    }

    @Transactional(TxType.NOT_SUPPORTED)
    public void ring() {
        CompletableFuture<Void> heard = new CompletableFuture<>();
        WampSession.Subscription listening =
                session.subscribe("office/board", event -> heard.complete(null)).join();
        notifications.fire(Notification.to("office/board").with("ding"));
        heard.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
        listening.unsubscribe().join();
    }
}
