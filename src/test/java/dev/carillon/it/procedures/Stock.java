package dev.carillon.it.procedures;

import dev.carillon.procedure.Caller;
import dev.carillon.procedure.Procedure;
import dev.carillon.procedure.ProcedureError;
import jakarta.annotation.Resource;
import jakarta.ejb.EJB;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.validation.constraints.Positive;

/** A session bean, with the transactions of one. */
@Stateless
public class Stock {

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Resource
    private SessionContext context;

    @Inject
    private Caller caller;

    @EJB
    private Shelf shelf;

    @Procedure("stock.take")
    public String take(@Positive int count) {
        return "taken in status " + transactions.getTransactionStatus() + " by " + caller.name();
    }

    /** Whom the container takes for the caller. */
    @Procedure("stock.principal")
    public String principal() {
        return context.getCallerPrincipal().getName();
    }

    @Procedure("stock.look")
    @TransactionAttribute(TransactionAttributeType.SUPPORTS)
    public int look() {
        return transactions.getTransactionStatus();
    }

    @Procedure("stock.sell")
    public void sell() {
        shelf.remember(transactions);
        throw new ProcedureError("shop.error.sold_out", "nothing is left");
    }

    /** The status in which the transaction of {@link #sell} has ended. */
    @Procedure("stock.end")
    public int end() {
        return shelf.end();
    }

    @Procedure(value = "stock.secret", roles = "sales")
    public String secret() {
        return "for sales";
    }

    @Procedure("stock.break")
    public void fail() {
        throw new IllegalStateException("an internal secret");
    }
}
