/** The application of {@code RevocationIT}: an office that its staff may watch, and pages that do so. */
@NullMarked
package dev.carillon.it.revocation;

import org.jspecify.annotations.NullMarked;
