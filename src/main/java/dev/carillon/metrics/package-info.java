/** What the router counts. Imports the JDK only; whoever shows the figures asks for a {@code Snapshot}. */
@NullMarked
package dev.carillon.metrics;

import org.jspecify.annotations.NullMarked;
