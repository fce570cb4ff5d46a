package dev.carillon.session;

/** A place in an outbox. Guarded by the outbox's monitor. */
sealed interface Waiting permits Outbound, Latest, Gap {

    /** What it is charged now, in bytes. */
    int size();

    /** What is sent, now that it is the turn of this place. Called once. */
    Outbound leave();
}
