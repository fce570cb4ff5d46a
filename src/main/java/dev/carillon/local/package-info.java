/**
 * Sessions of the application itself, in the process of the router: {@link dev.carillon.local.LocalSessions}. Imports
 * {@code router} and below, {@code client} and {@code executor}.
 *
 * <p>WAMP v2 Advanced Profile, "Alternative Transports", the in-memory one.
 */
@NullMarked
package dev.carillon.local;

import org.jspecify.annotations.NullMarked;
