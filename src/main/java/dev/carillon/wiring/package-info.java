/**
 * Builds the graph from the configuration, starts and stops it: the only package that reads settings and says
 * {@code new Router}. Imports everything but {@code demo}.
 */
@NullMarked
package dev.carillon.wiring;

import org.jspecify.annotations.NullMarked;
