/** What tests of several packages share. */
@NullMarked
package dev.carillon.support;

import org.jspecify.annotations.NullMarked;
