/** The application of {@code RightsIT}: topics of every kind, and a dynamic authorizer. */
@NullMarked
package dev.carillon.it.rights;

import org.jspecify.annotations.NullMarked;
