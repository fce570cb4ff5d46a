/**
 * Histories in a database: plain JDBC on the host's datasource, and no persistence unit. Imports {@code history},
 * {@code serializer} and what these import.
 */
@NullMarked
package dev.carillon.store;

import org.jspecify.annotations.NullMarked;
