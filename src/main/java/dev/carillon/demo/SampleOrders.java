package dev.carillon.demo;

import static dev.carillon.demo.OrderStatus.OPEN;
import static dev.carillon.demo.OrderStatus.PACKED;
import static dev.carillon.demo.OrderStatus.SHIPPED;

import jakarta.annotation.PostConstruct;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/** Fills the empty database at start, so that there is something to see. All companies are invented. */
@Singleton
@Startup
public class SampleOrders {

    @PersistenceContext
    private EntityManager entities;

    @PostConstruct
    void store() {
        store(11, "Brackwater Ferry Company", "12480.00", SHIPPED, "bob", "P3DT4H", "Delivered to the north pier.");
        store(12, "Tidewell Garden Supplies", "318.40", SHIPPED, "alice", "P2DT7H", "");
        store(13, "Ostrander & Finch Bakery", "89.95", SHIPPED, "bob", "P2DT2H", "");
        store(14, "Quillfeather Books", "1204.50", SHIPPED, "alice", "P1DT6H", "Invoice by post, please.");
        store(15, "Marrow Hill Observatory", "5630.00", PACKED, "bob", "P1DT1H", "Fragile: two lenses.");
        store(16, "Copperline Brewing", "742.10", PACKED, "alice", "PT9H", "");
        store(17, "Northlight Bicycle Works", "2199.00", PACKED, "alice", "PT5H", "Customer calls before pick-up.");
        store(18, "Saltmarsh Pharmacy", "156.75", OPEN, "bob", "PT4H", "");
        store(19, "Verdigris Theatre", "3075.20", OPEN, "alice", "PT2H30M", "Needed before the premiere.");
        store(20, "Harrowgate Clockmakers", "468.00", OPEN, "bob", "PT95M", "");
        store(21, "Lindenbrook School", "980.60", OPEN, "alice", "PT48M", "Deliver in the holidays.");
        store(22, "Pepperfield Catering", "264.30", OPEN, "bob", "PT12M", "");
    }

    private void store(
            int number, String customer, String total, OrderStatus status, String by, String ago, String note) {
        Order order = new Order(number, customer, new BigDecimal(total));
        order.setStatus(status);
        order.setNote(note);
        order.changed(by, Instant.now().minus(Duration.parse(ago)));
        entities.persist(order);
    }
}
