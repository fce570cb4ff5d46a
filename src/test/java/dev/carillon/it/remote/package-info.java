/** The application of {@code RemoteClientIT}: the client of a router elsewhere, without one of its own. */
@NullMarked
package dev.carillon.it.remote;

import org.jspecify.annotations.NullMarked;
