/**
 * A realm: its sessions, its broker, its dealer, and the one lock under which they change. Imports
 * {@code broker}, {@code dealer}, {@code session}
 * and below.
 *
 * <p>WAMP v2 Basic Profile, "Realms, Sessions and Transports".
 */
@NullMarked
package dev.carillon.realm;

import org.jspecify.annotations.NullMarked;
