package dev.carillon.security;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which pages may open a socket or fetch a ticket: those of the host that serves the endpoint, and the listed ones. It
 * keeps foreign pages from using a user's cookies; programs send no Origin and are not concerned. RFC 6455, section 10.2.
 */
public final class Origins {

    private static final String ANY = "*";

    private final Set<String> allowed;

    /** @param allowed origins such as {@code https://shop.example.com}, or {@code *} */
    public Origins(Collection<String> allowed) {
        for (String origin : allowed) {
            if (!origin.equals(ANY) && !isOrigin(origin)) {
                throw new IllegalArgumentException("origins has '" + origin
                        + "'; it must be scheme://host or scheme://host:port, as in https://shop.example.com, or *");
            }
        }
        this.allowed =
                allowed.stream().map(origin -> origin.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /**
     * @param origin the request's Origin header; null if it has none
     * @param host the request's Host header
     */
    public boolean allow(@Nullable String origin, @Nullable String host) {
        if (origin == null || allowed.contains(ANY)) {
            return true;
        }
        String lowerCase = origin.toLowerCase(Locale.ROOT);
        return allowed.contains(lowerCase) || host != null && isSameHost(lowerCase, host.toLowerCase(Locale.ROOT));
    }

    /**
     * The scheme may differ: behind a proxy that ends TLS, the server sees http while the page is https. A missing port
     * is the default one of the Origin's scheme.
     */
    private static boolean isSameHost(String origin, String host) {
        if (!isOrigin(origin)) {
            return false; // "null" above all: a sandboxed frame, a file
        }
        URI uri = URI.create(origin);
        String defaultPort = uri.getScheme().equals("https") ? ":443" : ":80";
        return withPort(uri.getRawAuthority(), defaultPort).equals(withPort(host, defaultPort));
    }

    private static String withPort(String authority, String defaultPort) {
        return authority.matches(".*:\\d+") ? authority : authority + defaultPort;
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = new URI(text);
            return uri.getScheme() != null
                    && uri.getHost() != null
                    && uri.getRawPath().isEmpty();
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
