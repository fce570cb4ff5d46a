/**
 * The bridge from the web login to WAMP: gives the logged-in user of a page a one-time ticket, and ends the user's WAMP
 * sessions when the login ends. Imports {@code router} and below.
 *
 * <p>Jakarta Servlet 6.0, "Security" and "Sessions".
 */
@NullMarked
package dev.carillon.ticketing;

import org.jspecify.annotations.NullMarked;
