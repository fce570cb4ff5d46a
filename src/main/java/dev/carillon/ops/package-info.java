/**
 * What those who run the server see and do: figures for JMX and Micrometer, health checks, and leave-taking before the
 * server stops. Metrics and health of optional APIs are in classes of their own, which are loaded only where the API is.
 * Imports {@code transport}, {@code notification}, {@code router} and below.
 */
@NullMarked
package dev.carillon.ops;

import org.jspecify.annotations.NullMarked;
