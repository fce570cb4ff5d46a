/**
 * What the router counts. Whoever shows the figures asks for {@code Metrics.samples()}; labels are realms, declared
 * patterns of topics, and reasons from the code, so that there are only so many. Imports {@code protocol}.
 */
@NullMarked
package dev.carillon.metrics;

import org.jspecify.annotations.NullMarked;
