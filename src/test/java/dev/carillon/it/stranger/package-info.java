/**
 * A stranger's application, for {@code StrangerIT}: it knows of Carillon what the guide's first page says, and has a
 * persistence unit, a WebSocket endpoint and servlets of its own.
 */
@NullMarked
package dev.carillon.it.stranger;

import org.jspecify.annotations.NullMarked;
