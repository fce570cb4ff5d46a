/**
 * One peer's session: its states, its bounded outbox, and the transport it needs. Imports {@code protocol},
 * {@code serializer}, {@code security}.
 *
 * <p>WAMP v2 Basic Profile, "Sessions" and "Transports".
 */
@NullMarked
package dev.carillon.session;

import org.jspecify.annotations.NullMarked;
