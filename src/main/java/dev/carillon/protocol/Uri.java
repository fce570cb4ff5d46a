package dev.carillon.protocol;

import java.nio.charset.StandardCharsets;

/**
 * The URI of a topic, procedure, error or realm, as it was received: legal or not.
 *
 * <p>Basic Profile, "URIs".
 */
public record Uri(String value) {

    /** Rules for a URI in a request. */
    public enum Rules {
        /** Components may hold anything but white space, {@code #} and {@code .}. The default, as in the specification. */
        LOOSE {
            @Override
            boolean allows(char c) {
                boolean isSpace = Character.isWhitespace(c) || Character.isSpaceChar(c) || c == NEXT_LINE;
                return c != '#' && !isSpace && c >= ' ';
            }
        },
        /** Components hold {@code a-z}, {@code 0-9} and {@code _}. */
        STRICT {
            @Override
            boolean allows(char c) {
                return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '_';
            }
        };

        /** White space to Unicode, and not to {@link Character}. */
        private static final char NEXT_LINE = '\u0085';

        abstract boolean allows(char c);
    }

    /** Besides letters and digits, what {@link #component} leaves as it is. */
    private static final String UNENCODED = "_-,";

    /**
     * Any text, made fit for one component of a URI: percent-encoded but for what separates nothing in URIs, patterns of
     * topics, and lists.
     */
    public static String component(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (character < 0x80 && (Character.isLetterOrDigit(character) || UNENCODED.indexOf(character) >= 0)) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }

    /** Whether this is a URI without empty components under these rules. */
    public boolean isLegal(Rules rules) {
        boolean componentIsEmpty = true;
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '.' && !rules.allows(c) || c == '.' && componentIsEmpty) {
                return false;
            }
            componentIsEmpty = c == '.';
        }
        return !componentIsEmpty;
    }

    /** Whether the first component is {@code wamp}, which the specification keeps for itself. */
    public boolean isReserved() {
        return value.startsWith("wamp.") || value.equals("wamp");
    }

    @Override
    public String toString() {
        return value;
    }
}
