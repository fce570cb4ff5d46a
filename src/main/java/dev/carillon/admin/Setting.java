package dev.carillon.admin;

/**
 * A setting in force.
 *
 * @param key as it is written in a configuration
 * @param value never that of a secret; empty if there is neither a value nor a default
 * @param isDefault whether nobody has set it
 */
public record Setting(String key, String value, boolean isDefault) {}
