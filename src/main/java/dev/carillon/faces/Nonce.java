package dev.carillon.faces;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The nonce that a filter of the host has put into the header {@code Content-Security-Policy} of this response. */
final class Nonce {

    /** Content Security Policy Level 3, "nonce-source": base64 or its variant for URLs. */
    private static final Pattern SOURCE = Pattern.compile("'nonce-([A-Za-z0-9+/_=-]+)'", Pattern.CASE_INSENSITIVE);

    private static final Pattern DIRECTIVES = Pattern.compile("\\s*[;,]\\s*");

    private Nonce() {}

    /** The first one in a directive about scripts. @param policies the values of the header */
    static Optional<String> in(Collection<String> policies) {
        return policies.stream()
                .flatMap(DIRECTIVES::splitAsStream)
                .filter(Nonce::isAboutScripts)
                .map(SOURCE::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1))
                .findFirst();
    }

    private static boolean isAboutScripts(String directive) {
        String name = directive.strip().split("\\s", 2)[0];
        return name.equalsIgnoreCase("script-src")
                || name.equalsIgnoreCase("script-src-elem")
                || name.equalsIgnoreCase("default-src");
    }
}
