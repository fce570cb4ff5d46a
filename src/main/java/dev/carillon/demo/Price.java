package dev.carillon.demo;

import java.time.Instant;

/** What a thing cost at some time. */
public record Price(String symbol, double value, Instant at) {}
