/**
 * Procedures for administrators, served in each realm beside the WAMP meta API: what is declared, kept, counted and set,
 * and what may be done about it. Imports rank 6 and below.
 */
@NullMarked
package dev.carillon.admin;

import org.jspecify.annotations.NullMarked;
