package dev.carillon.security;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Origin that is allowed, or many: {@code https://*.example.com} are all hosts below {@code example.com}, but not that
 * itself; {@code http://localhost:*} are all ports. The scheme is always exact: a page that came without TLS is another.
 *
 * @param scheme in lower case
 * @param host in lower case; what the end of the host must be, with its dot, if {@code below}
 * @param port never the default one of the scheme; {@code *} for any, empty for the default
 */
record OriginPattern(String scheme, String host, boolean below, String port) {

    private static final Pattern FORM = Pattern.compile(
            "(?<scheme>[a-z][a-z0-9+.-]*)://(?<below>\\*\\.)?(?<host>[^\\s/?#@:*\\[\\]]+|\\[[0-9a-f:.]+])(?::(?<port>\\d{1,5}|\\*))?");

    private static final String ANY_PORT = "*";

    /** An Origin, or a pattern of such; empty if it is neither. */
    static Optional<OriginPattern> parse(String text) {
        Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean below = matcher.group("below") != null;
        String host = matcher.group("host");
        if (below && !host.contains(".")) {
            return Optional.empty(); // all of .com, or a mistake
        }
        String scheme = matcher.group("scheme");
        String port = matcher.group("port") == null ? "" : matcher.group("port");
        return Optional.of(new OriginPattern(
                scheme, below ? "." + host : host, below, port.equals(defaultPort(scheme)) ? "" : port));
    }

    /** An Origin as a browser sends it; empty if it is none, {@code null} above all: a sandboxed frame, a file. */
    static Optional<OriginPattern> origin(String header) {
        return parse(header).filter(origin -> !origin.below && !origin.port.equals(ANY_PORT));
    }

    boolean matches(OriginPattern origin) {
        return scheme.equals(origin.scheme)
                && (below
                        ? origin.host.endsWith(host) && origin.host.length() > host.length()
                        : origin.host.equals(host))
                && (port.equals(ANY_PORT) || port.equals(origin.port));
    }

    /** Whether it is of the host that a Host header names. A port that is missing there is that of this scheme. */
    boolean isAt(String hostHeader) {
        String authority = host + (port.isEmpty() ? "" : ":" + port);
        String other = hostHeader.toLowerCase(Locale.ROOT);
        return authority.equals(other) || port.isEmpty() && (host + ":" + defaultPort(scheme)).equals(other);
    }

    private static String defaultPort(String scheme) {
        return scheme.equals("https") ? "443" : "80";
    }
}
