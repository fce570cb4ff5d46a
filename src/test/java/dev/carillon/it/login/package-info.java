/** The application of {@code LoginIT}: form login, and the ways in which a login ends. */
@NullMarked
package dev.carillon.it.login;

import org.jspecify.annotations.NullMarked;
