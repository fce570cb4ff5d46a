/**
 * The router: from a connection and its HELLO to a session in a realm, and the one place where every publication enters.
 * Imports {@code realm} and below.
 *
 * <p>WAMP v2 Basic Profile, "Session Establishment" and "Session Closing".
 */
@NullMarked
package dev.carillon.router;

import org.jspecify.annotations.NullMarked;
