/**
 * Tags for Jakarta Faces: {@code <carillon:connect>} and {@code <carillon:subscribe>}, namespace
 * {@code dev.carillon.faces}. They write two kinds of elements without any script in them; what happens in the page is in
 * {@code carillon-faces.js}. Imports nothing of ours. Only Faces itself loads these classes, by
 * {@code META-INF/faces-config.xml}, so a host without Faces never sees them.
 */
@NullMarked
package dev.carillon.faces;

import org.jspecify.annotations.NullMarked;
