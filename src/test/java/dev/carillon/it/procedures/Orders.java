package dev.carillon.it.procedures;

import dev.carillon.procedure.Caller;
import dev.carillon.procedure.Procedure;
import dev.carillon.procedure.ProcedureError;
import jakarta.annotation.security.DenyAll;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A CDI bean, whose constructor wants to be injected into. */
@ApplicationScoped
public class Orders {

    private final Caller caller;
    private final Visit visit;
    private final CompletableFuture<String> wanted = new CompletableFuture<>();

    @Inject
    Orders(Caller caller, Visit visit) {
        this.caller = caller;
        this.visit = visit;
    }

    Orders() {
        this(null, null); // for the client proxy only
    }

    public record Order(long id, @NotBlank String customer, List<String> items) {}

    @Procedure("orders.total")
    @RolesAllowed("sales")
    public long total(@Positive long customer, @Max(10) int months, Optional<String> currency) {
        return customer * months + currency.orElse("").length();
    }

    @Procedure("orders.items")
    public List<String> items(List<Order> orders) {
        return orders.stream().flatMap(order -> order.items().stream()).toList();
    }

    @Procedure("orders.first")
    public @Size(max = 3) String first(List<String> names) {
        return names.get(0);
    }

    @Procedure("orders.nothing")
    public void nothing() {}

    @Procedure("orders.none")
    public Optional<Order> none() {
        return Optional.empty();
    }

    @Procedure("orders.who")
    public String who() {
        return caller.name() + " " + caller.session() + " " + caller.isInRole("sales") + " "
                + caller.isInRole("administrator");
    }

    /** How often this was called in the same request. */
    @Procedure("orders.visits")
    public int visits() {
        visit.count();
        return visit.count();
    }

    @Procedure("orders.sell")
    public void sell(String item) {
        throw new ProcedureError("shop.error.sold_out", "no " + item + " is left");
    }

    @Procedure("orders.break")
    public void fail() {
        throw new IllegalStateException("an internal secret");
    }

    /** Answers when {@link #deliver} is called. */
    @Procedure("orders.await")
    public CompletionStage<String> await() {
        return wanted;
    }

    @Procedure("orders.deliver")
    public void deliver(String what) {
        wanted.complete(what);
    }

    @Procedure("orders.open")
    @PermitAll
    public String open() {
        return "open";
    }

    @Procedure("orders.closed")
    @DenyAll
    public String closed() {
        return "closed";
    }
}
