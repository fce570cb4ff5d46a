/** The application of {@code OutdatedIT}: orders that several users view and edit. */
@NullMarked
package dev.carillon.it.outdated;

import org.jspecify.annotations.NullMarked;
