/**
 * Who is there: the users who subscribe to a topic, for the application; and those who view or edit a record, for pages.
 * Imports {@code outdated}, {@code topic}, {@code router} and below.
 */
@NullMarked
package dev.carillon.presence;

import org.jspecify.annotations.NullMarked;
