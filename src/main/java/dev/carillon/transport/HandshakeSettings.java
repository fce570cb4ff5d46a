package dev.carillon.transport;

/** @param ticketInUrl whether {@code ?ticket=} on the endpoint's URL is looked at; URLs end in logs, so better not */
public record HandshakeSettings(boolean ticketInUrl) {}
