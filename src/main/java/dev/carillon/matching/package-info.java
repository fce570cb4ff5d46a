/**
 * Which URIs a URI with a match policy stands for, and an index that finds the patterns that match. Imports
 * {@code protocol}.
 *
 * <p>WAMP v2 Advanced Profile, "Pattern-based Subscriptions" and "Pattern-based Registrations".
 */
@NullMarked
package dev.carillon.matching;

import org.jspecify.annotations.NullMarked;
