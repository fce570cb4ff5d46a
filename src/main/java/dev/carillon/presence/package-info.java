/** Who is there: the users who subscribe to a topic, for the application. Imports {@code router} and below. */
@NullMarked
package dev.carillon.presence;

import org.jspecify.annotations.NullMarked;
