package dev.carillon.outdated;

/** What became of something that pages may show. */
public enum Change {
    ADDED,
    EDITED,
    REMOVED
}
