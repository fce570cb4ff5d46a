package dev.carillon.demo;

import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list page's orders: read once per request, and again whenever the page asks for the table after a change. */
@Named
@RequestScoped
public class OrderList {

    @Inject
    private Orders orders;

    @Inject
    private OrderExport export;

    private @Nullable List<Order> rows; // null until first asked for

    /** All orders, the latest first. */
    public List<Order> getRows() {
        if (rows == null) {
            rows = orders.all();
        }
        return rows;
    }

    /** Begins an export, which goes on in the background. */
    public String export() {
        FacesContext faces = FacesContext.getCurrentInstance();
        export.start(ExportDownload.address(faces.getExternalContext().getRequestContextPath()));
        faces.getExternalContext().getFlash().setKeepMessages(true);
        faces.addMessage(null, new FacesMessage("The export has begun. You are told when it is finished."));
        return "orders?faces-redirect=true";
    }

    /** How many orders have not left the house yet. */
    public long getWaiting() {
        return getRows().stream()
                .filter(order -> order.getStatus() != OrderStatus.SHIPPED)
                .count();
    }
}
