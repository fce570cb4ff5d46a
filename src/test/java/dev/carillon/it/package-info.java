/** Tests of what the build delivers: the archives, and the router in a real server, seen from outside. */
@NullMarked
package dev.carillon.it;

import org.jspecify.annotations.NullMarked;
