/**
 * Subscriptions and publications of one realm. Imports {@code session} and below; every method is called within the
 * realm's turn and returns what is to be sent.
 *
 * <p>WAMP v2 Basic Profile, "Publish and Subscribe".
 */
@NullMarked
package dev.carillon.broker;

import org.jspecify.annotations.NullMarked;
