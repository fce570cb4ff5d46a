/** How work is spread over threads that others own. Imports the JDK only. */
@NullMarked
package dev.carillon.executor;

import org.jspecify.annotations.NullMarked;
