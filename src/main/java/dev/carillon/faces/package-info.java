/**
 * Tags for Jakarta Faces: {@code <carillon:connect>}, {@code <carillon:subscribe>}, {@code <carillon:content>} and
 * {@code <carillon:here>}, namespace {@code dev.carillon.faces}. They write elements without any script in them; what
 * happens in the page is in {@code carillon-faces.js}. Imports {@code outdated}. Only Faces itself loads these classes, by
 * {@code META-INF/faces-config.xml}, so a host without Faces never sees them.
 */
@NullMarked
package dev.carillon.faces;

import org.jspecify.annotations.NullMarked;
