package dev.carillon.demo;

/** How far an order has come. */
public enum OrderStatus {
    OPEN("open", "reopened"),
    PACKED("packed", "packed"),
    SHIPPED("shipped", "shipped");

    private final String label;
    private final String verb;

    OrderStatus(String label, String verb) {
        this.label = label;
        this.verb = verb;
    }

    /** What a badge says, and the last part of its style class. */
    public String label() {
        return label;
    }

    /** What somebody did to an order that now has this status: "bob <em>shipped</em> order 17". */
    String verbAfter(OrderStatus before) {
        return this == before ? "changed" : verb;
    }
}
