/** An application that cannot be deployed: every mistake that can be made with a procedure. */
@NullMarked
package dev.carillon.it.badprocedures;

import org.jspecify.annotations.NullMarked;
