/**
 * WAMP messages as values, without I/O, a clock or a serializer. Imports the JDK only.
 *
 * <p>WAMP v2 Basic Profile, "Building Blocks" and "Messages".
 */
@NullMarked
package dev.carillon.protocol;

import org.jspecify.annotations.NullMarked;
