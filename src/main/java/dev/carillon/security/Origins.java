package dev.carillon.security;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a socket or fetch a ticket: those of the host that serves the endpoint, and the listed ones. It
 * keeps foreign pages from using a user's cookies; programs send no Origin and are not concerned. RFC 6455, section 10.2.
 */
public final class Origins {

    private static final String ANY = "*";

    private final boolean any;
    private final List<OriginPattern> allowed;

    /**
     * @param allowed origins such as {@code https://shop.example.com}, patterns such as {@code https://*.example.com} and
     *     {@code http://localhost:*}, or {@code *}
     * @throws IllegalArgumentException if one is none of these
     */
    public Origins(Collection<String> allowed) {
        this.any = allowed.contains(ANY);
        this.allowed = allowed.stream()
                .filter(origin -> !origin.equals(ANY))
                .map(Origins::parse)
                .toList();
    }

    private static OriginPattern parse(String origin) {
        return OriginPattern.parse(origin)
                .orElseThrow(() -> new IllegalArgumentException("origins has '" + origin
                        + "'; it must be scheme://host or scheme://host:port, as in https://shop.example.com, with *. in"
                        + " the place of names before at least two others (https://*.example.com) and * as any port"
                        + " (http://localhost:*), or *"));
    }

    /**
     * @param origin the request's Origin header; null if it has none
     * @param host the request's Host header
     */
    public boolean allow(@Nullable String origin, @Nullable String host) {
        if (origin == null || any) {
            return true;
        }
        Optional<OriginPattern> page = OriginPattern.origin(origin);
        // The scheme may differ from the server's: behind a proxy that ends TLS it sees http while the page is https.
        return page.isPresent()
                && (host != null && page.get().isAt(host)
                        || allowed.stream().anyMatch(pattern -> pattern.matches(page.get())));
    }
}
