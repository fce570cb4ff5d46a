/** The application of {@code PresenceIT}: desks, and who sits there. */
@NullMarked
package dev.carillon.it.presence;

import org.jspecify.annotations.NullMarked;
