/**
 * Who a peer is and what it may do: identities, authentication, one-time tickets, authorization. Imports
 * {@code protocol}, {@code matching}.
 *
 * <p>WAMP v2 Advanced Profile, "Authentication Methods" and "Authorization".
 */
@NullMarked
package dev.carillon.security;

import org.jspecify.annotations.NullMarked;
