package dev.carillon.demo;

import java.time.Instant;

/**
 * One message, as pages get it.
 *
 * @param id by which a page knows that it has it already: what is in the page may be replayed, too
 * @param by who said it, as the router knows, and not as the page claims
 */
public record ChatLine(long id, String by, String text, Instant at) {}
