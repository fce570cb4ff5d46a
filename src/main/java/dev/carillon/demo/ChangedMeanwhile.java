package dev.carillon.demo;

import jakarta.ejb.ApplicationException;

/**
 * Somebody else saved the order first, so this change was not saved. An application exception: it is an answer for the
 * user and no fault, so the container neither wraps nor logs it.
 */
@ApplicationException(rollback = true)
public class ChangedMeanwhile extends Exception {

    private static final long serialVersionUID = 1L;

    ChangedMeanwhile(Order order) {
        super("Order " + order.getNumber() + " was saved by somebody else since it was read; read it again");
    }
}
