/** The application of {@code FacesIT}; its pages are in {@code src/test/resources/faces}. */
@NullMarked
package dev.carillon.it.faces;

import org.jspecify.annotations.NullMarked;
