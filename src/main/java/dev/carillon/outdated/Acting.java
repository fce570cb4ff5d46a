package dev.carillon.outdated;

import org.jspecify.annotations.Nullable;

/**
 * Who changes something, and where.
 *
 * @param by the user's name; null if nobody is logged in
 * @param page the page whose request does it, as {@code carillon-content.js} calls it; null if that is not known
 * @param session the WAMP session whose call does it; null if it is no call
 */
public record Acting(
        @Nullable String by,
        @Nullable String page,
        @Nullable Long session) {}
