package dev.carillon.it.procedures;

import dev.carillon.procedure.Procedure;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.TransactionSynchronizationRegistry;
import jakarta.transaction.Transactional;

@ApplicationScoped
public class Ledger {

    @Resource
    private TransactionSynchronizationRegistry transactions;

    @Procedure("ledger.with")
    @Transactional
    public int with() {
        return transactions.getTransactionStatus();
    }

    @Procedure("ledger.without")
    public int without() {
        return transactions.getTransactionStatus();
    }
}
