/**
 * What was published to configured topics, kept for those who come late: bounded, in memory, and behind it a store if
 * there is one. Keyed by topic pattern, so a history outlives its subscribers. Imports {@code protocol}, {@code matching},
 * {@code security}.
 *
 * <p>WAMP v2 Advanced Profile, "Event History"; epochs and positions are Carillon's own.
 */
@NullMarked
package dev.carillon.history;

import org.jspecify.annotations.NullMarked;
