/** The application of {@code ProcedureIT}: procedures of all kinds of beans, and beans with a session. */
@NullMarked
package dev.carillon.it.procedures;

import org.jspecify.annotations.NullMarked;
