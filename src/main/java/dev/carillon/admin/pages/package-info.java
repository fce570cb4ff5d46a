/**
 * What the admin pages of the WARs need on the server, which is little: they live on the procedures of {@code admin}. Not
 * part of the library.
 */
@NullMarked
package dev.carillon.admin.pages;

import org.jspecify.annotations.NullMarked;
