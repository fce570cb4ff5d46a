import dev.carillon.client.EventListener.ReceivedEvent;
import dev.carillon.notification.Notification;
import dev.carillon.remote.WampClient;
import jakarta.enterprise.event.Event;
import java.math.BigDecimal;
import java.util.List;

/** What the listings of the guide take for granted: parts of the application that they stand in. */
abstract class Surroundings {

    Event<Notification> notifications;
    Notification notification;
    Ledger ledger;
    Order order;
    WampClient client;
    String secret;

    record Shipped(long order, String when) {}

    record Order(long id, String status) {}

    interface Ledger {
        BigDecimal total(long customer, String currency);

        String position();

        void enter(ReceivedEvent event);
    }

    interface Orders {
        List<Order> all();
    }

    void show(Object what) {}

    void loadOrders() {}
}
