package dev.carillon.matching;

import dev.carillon.protocol.Uri;

/** A URI and how it is matched. Advanced Profile, "Pattern-based Subscriptions". */
public record UriPattern(MatchPolicy policy, Uri uri) {

    /** Whether this stands for the URI. An empty component of that is a component like any other. */
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

    /**
     * Whether there is a URI that both match. For legal patterns that is a legal URI; for others it may be one with
     * empty components.
     */
    public boolean overlaps(UriPattern other) {
        if (policy == MatchPolicy.EXACT) {
            return other.matches(uri);
        }
        if (other.policy == MatchPolicy.EXACT) {
            return matches(other.uri);
        }
        if (policy == MatchPolicy.PREFIX) {
            return other.beginsLike(uri.value());
        }
        return other.policy == MatchPolicy.PREFIX
                ? beginsLike(other.uri.value())
                : overlapsComponents(other.components());
    }

    /**
     * Whether this may be asked for under these rules. A prefix may be empty, or end in one dot or within a component;
     * the components of a wildcard pattern may be empty. Apart from this, a pattern is as legal as its URI.
     */
    public boolean isLegal(Uri.Rules rules) {
        String text = uri.value();
        return switch (policy) {
            case EXACT -> uri.isLegal(rules);
            case PREFIX -> text.isEmpty() || new Uri(text.endsWith(".") ? withoutLast(text) : text).isLegal(rules);
            case WILDCARD -> {
                // Whatever stands between dots is legal in one component, too.
                String written = text.replace(".", "");
                yield written.isEmpty() || new Uri(written).isLegal(rules);
            }
        };
    }

    /**
     * Whether the pattern itself names {@code wamp}, which the specification keeps for itself, as its first component.
     * The prefix {@code w} and the wildcard pattern {@code .session.on_join} match reserved URIs, but are not.
     */
    public boolean isReserved() {
        return uri.isReserved();
    }

    /** Whether some URI that this matches begins with the text. This is not for exact patterns. */
    private boolean beginsLike(String text) {
        if (policy == MatchPolicy.PREFIX) {
            return uri.value().startsWith(text) || text.startsWith(uri.value());
        }
        String[] own = components();
        String[] others = components(text);
        int last = others.length - 1;
        if (own.length < others.length || !own[last].isEmpty() && !own[last].startsWith(others[last])) {
            return false;
        }
        for (int i = 0; i < last; i++) {
            if (!own[i].isEmpty() && !own[i].equals(others[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean overlapsComponents(String[] others) {
        String[] own = components();
        if (own.length != others.length) {
            return false;
        }
        for (int i = 0; i < own.length; i++) {
            if (!own[i].isEmpty() && !others[i].isEmpty() && !own[i].equals(others[i])) {
                return false;
            }
        }
        return true;
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
        return components(uri.value());
    }

    static String[] components(String uri) {
        return uri.split("\\.", -1);
    }

    static int numberOfComponents(String uri) {
        int number = 1;
        for (int dot = uri.indexOf('.'); dot >= 0; dot = uri.indexOf('.', dot + 1)) {
            number++;
        }
        return number;
    }

    private static String withoutLast(String text) {
        return text.substring(0, text.length() - 1);
    }
}
