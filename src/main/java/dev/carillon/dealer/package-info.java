/**
 * Registrations and calls of one realm. Imports {@code session} and below; every method is called within the realm's turn
 * and returns what is to be sent.
 *
 * <p>WAMP v2 Basic Profile, "Remote Procedure Calls".
 */
@NullMarked
package dev.carillon.dealer;

import org.jspecify.annotations.NullMarked;
