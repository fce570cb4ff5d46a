/** A small application that hears of its own opening and closing. */
@NullMarked
package dev.carillon.it.maintenance;

import org.jspecify.annotations.NullMarked;
