/**
 * Topics that many applications need, declared already: one of each user, what is told there, and a sign of life. Imports
 * {@code notification}, {@code topic}, {@code executor} and what is below.
 */
@NullMarked
package dev.carillon.ready;

import org.jspecify.annotations.NullMarked;
