package dev.carillon.security;

import org.jspecify.annotations.Nullable;

/** The Origins that are allowed now. Safe for use by many threads. */
public final class AllowedOrigins {

    private volatile Origins now;

    public AllowedOrigins(Origins first) {
        now = first;
    }

    /** From now on these. Who is connected stays. */
    public void replace(Origins others) {
        now = others;
    }

    /** {@link Origins#allow} */
    public boolean allow(@Nullable String origin, @Nullable String host) {
        return now.allow(origin, host);
    }
}
