package dev.carillon.it.aftercommit;

/** An event of the application's own, which {@link Clerk} hears of when its transaction has succeeded. */
public record Deed(String topic, String text) {}
