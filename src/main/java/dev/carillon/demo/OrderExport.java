package dev.carillon.demo;

import dev.carillon.ready.JobFinished;
import jakarta.annotation.Resource;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Asynchronous;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Writes all orders into a file, in the background; whoever has started it is told when it is done. */
@Stateless
@RolesAllowed({Roles.SALES, Roles.ADMINISTRATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED) // nothing here could be rolled back
public class OrderExport {

    private static final String LABEL = "Export of orders";

    /** Stands for work that takes its time. */
    private static final long MILLISECONDS_PER_ORDER = 400;

    private final Orders orders;
    private final ExportedFiles files;
    private final Event<JobFinished> finished;

    @Resource
    private SessionContext caller;

    @Inject
    public OrderExport(Orders orders, ExportedFiles files, Event<JobFinished> finished) {
        this.orders = orders;
        this.files = files;
        this.finished = finished;
    }

    /** For the container's proxy only. */
    protected OrderExport() {
        this(null, null, null);
    }

    /** @param address where files are fetched; the id of this one is put behind it */
    @Asynchronous
    public void start(String address) {
        String user = caller.getCallerPrincipal().getName();
        String id = UUID.randomUUID().toString();
        try {
            files.put(id, user, written());
            finished.fire(new JobFinished(user, id, LABEL, true, address + id));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            finished.fire(new JobFinished(user, id, LABEL, false, null));
        }
    }

    private String written() throws InterruptedException {
        StringBuilder csv = new StringBuilder("order,customer,total,status\r\n");
        for (Order order : orders.all()) {
            TimeUnit.MILLISECONDS.sleep(MILLISECONDS_PER_ORDER);
            csv.append("%d,\"%s\",%s,%s\r\n"
                    .formatted(
                            order.getNumber(),
                            order.getCustomer().replace("\"", "\"\""),
                            order.getTotal(),
                            order.getStatus().label()));
        }
        return csv.toString();
    }
}
