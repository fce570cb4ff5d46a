package dev.carillon.matching;

import dev.carillon.protocol.Uri;

/** A URI and how it is matched. Advanced Profile, "Pattern-based Subscriptions". */
public record UriPattern(MatchPolicy policy, Uri uri) {

    public boolean matches(Uri concrete) {
        return covers(new UriPattern(MatchPolicy.EXACT, concrete));
    }

    /** Whether this matches all that the other matches: what a right to this means for a request of that. */
    public boolean covers(UriPattern other) {
        return switch (policy) {
            case EXACT -> other.policy == MatchPolicy.EXACT && uri.equals(other.uri);
            case PREFIX -> other.beginning().startsWith(uri.value());
            case WILDCARD -> other.policy != MatchPolicy.PREFIX && coversComponents(other.components());
        };
    }

    /** The text with which all that this matches begins. */
    private String beginning() {
        if (policy != MatchPolicy.WILDCARD) {
            return uri.value();
        }
        StringBuilder beginning = new StringBuilder();
        for (String component : components()) {
            if (component.isEmpty()) {
                break;
            }
            beginning.append(component).append('.');
        }
        // The whole URI is concrete: then it does not end in a dot.
        return beginning.length() > uri.value().length() ? uri.value() : beginning.toString();
    }

    private boolean coversComponents(String[] others) {
        String[] own = components();
        if (own.length != others.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (!own[i].isEmpty() && !own[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    private String[] components() {
        return uri.value().split("\\.", -1);
    }
}
