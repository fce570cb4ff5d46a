package dev.carillon.demo;

/**
 * What pages are told about a change. It says who did what to which order, and no more: a page that wants to show the
 * order asks the server for it, so formatting and rights stay in one place.
 *
 * @param id of the order, as in the topic {@code orders/{id}}
 * @param number what people call the order by
 * @param status after the change
 * @param by login name of the one who changed it
 * @param what was done, for "bob <em>shipped</em> order 17"
 */
public record OrderChanged(long id, int number, OrderStatus status, String by, String what) {

    /** The change of an order that had another status, or the same, before. */
    static OrderChanged from(OrderStatus before, Order order) {
        OrderStatus status = order.getStatus();
        return new OrderChanged(
                order.getId(), order.getNumber(), status, order.getChangedBy(), status.verbAfter(before));
    }
}
